import type * as tf from '@tensorflow/tfjs';
import type { LargestAttributes } from '@txsim/ops';
import { kernelConfig, sizeOf } from '../arguments.js';

interface Inputs {
  readonly x: tf.TensorInfo;
}

/** All bits of a float32 but its sign; as integers they are ordered as magnitudes are. */
const MAGNITUDE = 0x7fffffff;
/** The upper half of a word, exponent and seven bits, is the class of a magnitude. */
const CLASS = 16;

/** `largestMagnitudes` of @txsim/ops: all of the higher classes, and the largest of the class in which the last one lies. */
export const largestMagnitudes = kernelConfig<Inputs, LargestAttributes>(
  'TxLargestMagnitudes',
  (heap, { x }, { count }) => {
    const size = sizeOf(x.shape);
    if (count < 1 || count > size) throw new Error(`largestMagnitudes: ${count} of ${size} elements`);
    const out = heap.output([count]);
    const [from, to] = [heap.pointer(x) >>> 2, heap.pointer(out) >>> 2];
    const words = heap.integers.subarray(from, from + size);
    copyLargest(words, heap.integers.subarray(to, to + count));
    return out;
  },
);

function copyLargest(words: Int32Array, out: Int32Array): void {
  const sizes = classSizes(words);
  const last = lastClass(sizes, out.length);
  const candidates = new Int32Array(sizes[last]!);
  let at = 0;
  let found = 0;
  for (let i = 0; i < words.length; i++) {
    const magnitude = words[i]! & MAGNITUDE;
    const above = (magnitude >>> CLASS) - last;
    if (above > 0) out[at++] = magnitude;
    else if (above === 0) candidates[found++] = magnitude;
  }
  candidates.sort();
  out.set(candidates.subarray(found - (out.length - at)), at);
}

function classSizes(words: Int32Array): Uint32Array {
  const sizes = new Uint32Array(2 ** CLASS);
  for (let i = 0; i < words.length; i++) sizes[(words[i]! & MAGNITUDE) >>> CLASS]!++;
  return sizes;
}

/** The class in which the `count`-th magnitude lies, counted from the largest. */
function lastClass(sizes: Uint32Array, count: number): number {
  let last = sizes.length - 1;
  for (let left = count; sizes[last]! < left; last--) left -= sizes[last]!;
  return last;
}
