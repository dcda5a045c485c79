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
