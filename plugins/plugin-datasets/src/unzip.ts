import { invalid } from './invalid.js';

/** Unpacks an entry when it is asked for. */
export type Entry = () => Promise<Uint8Array>;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;

/**
 * The entries of a ZIP archive, stored or deflated, from its central directory. Archives above 4 GB are not read.
 *
 * @throws PluginError DATASET_INVALID if it is none
 */
export function unzip(bytes: Uint8Array, file: string): ReadonlyMap<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) invalid(file, 'is no ZIP archive, as an .npz is');
  const entries = new Map<string, Entry>();
  let at = view.getUint32(end + 16, true);
  for (let i = view.getUint16(end + 10, true); i > 0; i--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL)
      invalid(file, 'its directory is damaged');
    const method = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 20, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
    const local = view.getUint32(at + 42, true);
    entries.set(name, async () => {
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const packed = bytes.subarray(start, start + size);
      if (method === 0) return packed;
      if (method !== 8)
        return invalid(file, `${name}: is packed by method ${method}, not stored or deflated`);
      return inflate(packed).catch((cause: Error) => invalid(file, `${name}: ${cause.message}`, cause));
    });
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

async function inflate(packed: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([packed as Uint8Array<ArrayBuffer>]).stream();
  const inflated = stream.pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}
