import { PluginError } from '@txsim/core';

/**
 * The content of a file that may be compressed by gzip.
 *
 * @throws PluginError DATASET_INVALID if it is, and is damaged
 */
export async function gunzipped(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  const content = new Response(stream.pipeThrough(new DecompressionStream('gzip')));
  return new Uint8Array(
    await content.arrayBuffer().catch((cause: Error) => {
      throw new PluginError('DATASET_INVALID', path, `cannot be decompressed: ${cause.message}`, { cause });
    }),
  );
}
