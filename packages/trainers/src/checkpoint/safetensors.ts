import { digest, PluginError } from '@txsim/core';
import { z } from 'zod';

/** A tensor in a file. */
export interface StoredTensor {
  readonly dtype: 'float32' | 'int32';
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** Tensors by name, and words about them, as a safetensors file holds them. */
export interface TensorFile {
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const entrySchema = z.object({
  dtype: z.enum(['F32', 'I32']),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
const headerSchema = z
  .object({ __metadata__: z.record(z.string(), z.string()).optional() })
  .catchall(entrySchema);

type Entry = z.infer<typeof entrySchema>;
type Header = Record<string, Entry> & { __metadata__?: Record<string, string> };

const ALIGNMENT = 8;

/**
 * Tensors and text in one file of the safetensors format: the length of the header (64 bit, little endian), the header
 * (JSON), the data. A SHA-256 of header and data is kept in the metadata. Format: huggingface/safetensors, version 0.4.
 */
export async function encodeSafetensors({ tensors, metadata }: TensorFile): Promise<Uint8Array> {
  const entries: Record<string, Entry> = {};
  const names = Object.keys(tensors).sort();
  let size = 0;
  for (const name of names) {
    const { dtype, shape, data } = tensors[name]!;
    entries[name] = {
      dtype: dtype === 'float32' ? 'F32' : 'I32',
      shape: [...shape],
      data_offsets: [size, size + data.byteLength],
    };
    size += data.byteLength;
  }
  const body = new Uint8Array(size);
  for (const name of names) {
    const { data } = tensors[name]!;
    body.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), entries[name]!.data_offsets[0]);
  }
  const sha256 = await checksum({ __metadata__: metadata, ...entries } as Header, body);
  let text = JSON.stringify({ __metadata__: { ...metadata, sha256 }, ...entries });
  const encoder = new TextEncoder();
  const bytes = encoder.encode(text).length;
  text += ' '.repeat((ALIGNMENT - (bytes % ALIGNMENT)) % ALIGNMENT);
  const head = encoder.encode(text);
  const file = new Uint8Array(8 + head.length + size);
  new DataView(file.buffer).setBigUint64(0, BigInt(head.length), true);
  file.set(head, 8);
  file.set(body, 8 + head.length);
  return file;
}

/** @throws PluginError CHECKPOINT_INVALID naming the file and what is wrong with it */
export async function decodeSafetensors(file: Uint8Array, name: string): Promise<TensorFile> {
  const fail = (detail: string): never => {
    throw new PluginError('CHECKPOINT_INVALID', name, detail);
  };
  if (file.length < 8) fail(`expected a safetensors file, got ${file.length} bytes`);
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (length > file.length - 8) fail(`the header should have ${length} bytes, the file has ${file.length}`);
  const { __metadata__: metadata = {}, ...entries } = parseHeader(file.subarray(8, 8 + length), fail);
  // A copy that begins its own buffer; slice() of a Node Buffer would be a view.
  const body = new Uint8Array(file.subarray(8 + length));
  const size = Math.max(0, ...Object.values(entries).map((e) => e.data_offsets[1]));
  if (body.length !== size) fail(`expected ${size} bytes of tensors, the file has ${body.length}`);
  const { sha256, ...described } = metadata;
  if ((await checksum({ __metadata__: described, ...entries } as Header, body)) !== sha256) {
    fail('its checksum does not fit: the file is damaged');
  }
  const tensors = Object.fromEntries(
    Object.entries(entries).map(
      ([
        key,
        {
          dtype,
          shape,
          data_offsets: [from, to],
        },
      ]) => {
        const Values = dtype === 'F32' ? Float32Array : Int32Array;
        const stored = { dtype: dtype === 'F32' ? 'float32' : 'int32', shape, data: new Values(body.buffer, from, (to - from) / 4) }; // prettier-ignore
        return [key, stored as StoredTensor];
      },
    ),
  );
  return { tensors, metadata: described };
}

function parseHeader(bytes: Uint8Array, fail: (detail: string) => never): Header {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    return fail(`the header is not JSON: ${(error as Error).message}`);
  }
  const { error } = headerSchema.safeParse(header);
  if (error)
    fail(
      `the header does not describe tensors: ${error.issues[0]!.path.join('.')}: ${error.issues[0]!.message}`,
    );
  // As it was read, for the checksum depends on the order of keys.
  return header as Header;
}

/** SHA-256 of the header, its own place left out, and the data; hexadecimal. */
async function checksum(header: Header, body: Uint8Array): Promise<string> {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const all = new Uint8Array(head.length + body.length);
  all.set(head);
  all.set(body, head.length);
  return digest(all);
}
