import { PluginError } from '@txsim/core';

/** @throws PluginError DATASET_INVALID naming the file */
export function invalid(file: string, detail: string, cause?: unknown): never {
  throw new PluginError('DATASET_INVALID', file, detail, { cause });
}

/** The bytes of a file. @param advice what to do where it cannot be read */
export const read = (
  readFile: (path: string) => Promise<Uint8Array>,
  file: string,
  advice: string,
): Promise<Uint8Array> =>
  readFile(file).catch((cause: Error) => invalid(file, `cannot be read: ${cause.message}. ${advice}`, cause));

/** SHA-256 in hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
