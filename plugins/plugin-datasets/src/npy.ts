import { invalid } from './invalid.js';

/** An array of NumPy in the order of C. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

type Reader = (view: DataView, at: number) => number;

const READERS: Readonly<Record<string, readonly [bytes: number, Reader]>> = {
  f4: [4, (v, at) => v.getFloat32(at, true)],
  f8: [8, (v, at) => v.getFloat64(at, true)],
  u1: [1, (v, at) => v.getUint8(at)],
  i1: [1, (v, at) => v.getInt8(at)],
  i2: [2, (v, at) => v.getInt16(at, true)],
  i4: [4, (v, at) => v.getInt32(at, true)],
  i8: [8, (v, at) => Number(v.getBigInt64(at, true))],
  b1: [1, (v, at) => v.getUint8(at)],
};

/**
 * Format: NumPy Enhancement Proposal 1. Numbers become float32; whole ones above 2²⁴ lose their last digits.
 *
 * @throws PluginError DATASET_INVALID if it is no such file, or of numbers that are not read
 */
export function parseNpy(bytes: Uint8Array, file: string): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || bytes[0] !== 0x93 || String.fromCharCode(...bytes.subarray(1, 6)) !== 'NUMPY') {
    invalid(file, 'is no array of NumPy');
  }
  const [start, length] = bytes[6] === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  const type = /'descr':\s*'[<|]([a-z]\d)'/.exec(header)?.[1] ?? '';
  const reader = READERS[type];
  if (!reader) invalid(file, `expected one of ${Object.keys(READERS).join(', ')}, little-endian, in ${header.trim()}`); // prettier-ignore
  if (/'fortran_order':\s*True/.test(header)) invalid(file, 'is in the order of Fortran: save numpy.ascontiguousarray of it'); // prettier-ignore
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '').split(',').map((n) => n.trim()).filter((n) => n !== '').map(Number); // prettier-ignore
  const size = shape.reduce((a, b) => a * b, 1);
  const [width, value] = reader!;
  const first = start + length;
  if (bytes.length !== first + size * width) {
    invalid(file, `expected ${first + size * width} bytes for shape ${shape.join('×')}, there are ${bytes.length}`); // prettier-ignore
  }
  return { shape, data: Float32Array.from({ length: size }, (_, i) => value(view, first + i * width)) };
}
