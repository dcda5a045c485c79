import { PluginError } from '@txsim/core';

/** An IDX file: unsigned bytes in an array of the given shape. Format: Y. LeCun, "The MNIST database", 1998. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** @throws PluginError DATASET_INVALID naming the file and what is wrong with it */
export function parseIdx(bytes: Uint8Array, file: string, dimensions: number): IdxArray {
  const fail = (detail: string): never => {
    throw new PluginError('DATASET_INVALID', file, detail);
  };
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) fail(`expected an IDX header of ${header} bytes, the file has ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const expected = 0x0800 | dimensions;
  if (magic !== expected) {
    fail(
      `expected IDX magic 0x${expected.toString(16)} (unsigned bytes, ${dimensions}-D), got 0x${magic.toString(16)}`,
    );
  }
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((a, b) => a * b, 1);
  if (bytes.length !== header + size) {
    fail(`expected ${header + size} bytes for shape ${shape.join('×')}, the file has ${bytes.length}`);
  }
  return { shape, data: bytes.subarray(header) };
}
