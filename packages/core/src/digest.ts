/**
 * The checksum of a file, in hexadecimal.
 *
 * @param algorithm SHA-1 where no other is published: it finds damage, and not malice
 */
export async function digest(bytes: Uint8Array, algorithm: 'SHA-1' | 'SHA-256' = 'SHA-256'): Promise<string> {
  const digested = await crypto.subtle.digest(algorithm, bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digested), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
