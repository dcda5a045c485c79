import { expect, test } from 'vitest';
import { parseIdx } from '../src/idx.js';
import { encodeIdx } from './idx-folder.js';

const IMAGES = { shape: [2, 1, 3], bytes: [1, 2, 3, 4, 5, 6] };

test('gives shape and bytes', () => {
  expect(parseIdx(encodeIdx(IMAGES), 'file', 3)).toEqual({
    shape: [2, 1, 3],
    data: Uint8Array.from(IMAGES.bytes),
  });
});

test('reads a view into a larger buffer', () => {
  const larger = Uint8Array.from([9, 9, 9, ...encodeIdx(IMAGES)]);
  expect(Array.from(parseIdx(larger.subarray(3), 'file', 3).data)).toEqual(IMAGES.bytes);
});

test.each([
  ['a file without a header', Uint8Array.of(0, 0, 8), 'an IDX header of 16 bytes, the file has 3'],
  [
    'another type of number',
    encodeIdx({ ...IMAGES, magic: 0x0d03 }),
    'IDX magic 0x803 (unsigned bytes, 3-D), got 0xd03',
  ],
  ['another number of dimensions', encodeIdx({ ...IMAGES, magic: 0x0801 }), 'got 0x801'],
  [
    'a compressed file',
    Uint8Array.from([0x1f, 0x8b, 8, 0, ...new Array<number>(20).fill(0)]),
    'got 0x1f8b0800',
  ],
  [
    'a file that is cut off',
    encodeIdx(IMAGES).subarray(0, 20),
    'expected 22 bytes for shape 2×1×3, the file has 20',
  ],
  ['a file that goes on', Uint8Array.from([...encodeIdx(IMAGES), 0]), 'the file has 23'],
])('%s is refused by its name', (_, bytes, message) => {
  expect(() => parseIdx(bytes, 'some/file', 3)).toThrow(`DATASET_INVALID [some/file] expected`);
  expect(() => parseIdx(bytes, 'some/file', 3)).toThrow(message);
});
