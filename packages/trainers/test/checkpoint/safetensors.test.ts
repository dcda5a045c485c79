import { PluginError } from '@txsim/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSafetensors, encodeSafetensors, type StoredTensor, type TensorFile } from '../../src/index.js';

const shape = fc.array(fc.nat(4), { maxLength: 3 });
const sizeOf = (sides: readonly number[]): number => sides.reduce((a, b) => a * b, 1);
const floats = shape.chain((sides) =>
  fc
    .array(fc.float(), { minLength: sizeOf(sides), maxLength: sizeOf(sides) })
    .map((v): StoredTensor => ({ dtype: 'float32', shape: sides, data: Float32Array.from(v) })),
);
const integers = shape.chain((sides) =>
  fc
    .array(fc.integer(), { minLength: sizeOf(sides), maxLength: sizeOf(sides) })
    .map((v): StoredTensor => ({ dtype: 'int32', shape: sides, data: Int32Array.from(v) })),
);
const name = fc.string({ unit: 'grapheme' }).filter((n) => n !== '__proto__' && n !== '__metadata__');
const files: fc.Arbitrary<TensorFile> = fc.record({
  tensors: fc.dictionary(name, fc.oneof(floats, integers), { maxKeys: 5, noNullPrototype: true }),
  metadata: fc.dictionary(name.filter((n) => n !== 'sha256'), fc.string({ unit: 'grapheme' }), { maxKeys: 3, noNullPrototype: true }), // prettier-ignore
});

const SAMPLE: TensorFile = {
  tensors: {
    weights: { dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 4e-6, 0, 6) },
    counts: { dtype: 'int32', shape: [3], data: Int32Array.of(1, 2, 3) },
  },
  metadata: { format: '1', stack: '{"seed":1}' },
};

const failure = async (bytes: Uint8Array): Promise<unknown> => {
  try {
    return await decodeSafetensors(bytes, 'run/checkpoint.safetensors');
  } catch (error) {
    return error;
  }
};

test('what is encoded is decoded, to the bit', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (file) => {
      const { tensors, metadata } = await decodeSafetensors(await encodeSafetensors(file), 'file');
      expect(metadata).toEqual(file.metadata);
      expect(tensors).toEqual(file.tensors);
    }),
    { numRuns: 200 },
  );
});

test('the data are aligned to 8 bytes and the length of the header is where readers look for it', async () => {
  const bytes = await encodeSafetensors(SAMPLE);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  expect((8 + length) % 8).toBe(0);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
    string,
    unknown
  >;
  expect(header['weights']).toEqual({ dtype: 'F32', shape: [2, 3], data_offsets: [12, 36] });
});

test('a file inside of a larger buffer is read', async () => {
  const bytes = await encodeSafetensors(SAMPLE);
  const larger = new Uint8Array(bytes.length + 5);
  larger.set(bytes, 5);
  expect((await decodeSafetensors(larger.subarray(5), 'file')).tensors).toEqual(SAMPLE.tensors);
});

describe('a damaged file', () => {
  test.each([
    ['is empty', (b: Uint8Array) => b.subarray(0, 0), 'expected a safetensors file, got 0 bytes'],
    ['is cut off in the header', (b: Uint8Array) => b.subarray(0, 40), 'the file has 40'],
    [
      'is cut off in the data',
      (b: Uint8Array) => b.subarray(0, b.length - 1),
      'expected 36 bytes of tensors, the file has 35',
    ],
    ['goes on', (b: Uint8Array) => Uint8Array.from([...b, 0]), 'the file has 37'],
    [
      'is something else',
      () => new TextEncoder().encode('<html><body>Not found</body></html>'),
      'the header should have',
    ],
    [
      'has another number',
      (b: Uint8Array) => b.map((x, i) => (i === b.length - 3 ? x ^ 1 : x)),
      'its checksum does not fit',
    ],
  ])('that %s is named', async (_, damage, message) => {
    const error = await failure(damage(await encodeSafetensors(SAMPLE)));
    expect(error).toBeInstanceOf(PluginError);
    expect((error as PluginError).message).toContain('CHECKPOINT_INVALID [run/checkpoint.safetensors]');
    expect((error as PluginError).message).toContain(message);
  });

  test('is named whatever bit of it is turned, unless that says the same', async () => {
    const bytes = await encodeSafetensors(SAMPLE);
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const damaged = bytes.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      const result = await failure(damaged);
      if (result instanceof PluginError) expect(result.code).toBe('CHECKPOINT_INVALID');
      else expect(result, `bit ${bit}`).toEqual(SAMPLE);
    }
  });

  test.each(['null', '[]', '3', '{"a":null}', '{"a":{"dtype":"F32"}}', '{"__metadata__":null}'])(
    'with the header %s is named',
    async (text) => {
      const head = new TextEncoder().encode(text);
      const bytes = new Uint8Array(8 + head.length);
      new DataView(bytes.buffer).setBigUint64(0, BigInt(head.length), true);
      bytes.set(head, 8);
      expect(await failure(bytes)).toBeInstanceOf(PluginError);
    },
  );
});
