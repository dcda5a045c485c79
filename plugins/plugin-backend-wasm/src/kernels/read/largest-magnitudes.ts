import type * as tf from '@tensorflow/tfjs';
import type { LargestAttributes } from '@txsim/ops';
import { kernelConfig, sizeOf } from '../arguments.js';

interface Inputs {
  readonly x: tf.TensorInfo;
}

/** All bits of a float32 but its sign; as integers they are ordered as magnitudes are. */
const MAGNITUDE = 0x7fffffff;
/** Bits of half a word. */
const HALF = 16;
const LOW = 2 ** HALF - 1;

/** `largestMagnitudes` of @txsim/ops: counted by the upper half of their bits, then by the lower, then copied. */
export const largestMagnitudes = kernelConfig<Inputs, LargestAttributes>(
  'TxLargestMagnitudes',
  (heap, { x }, { count }) => {
    const size = sizeOf(x.shape);
    if (count < 1 || count > size) throw new Error(`largestMagnitudes: ${count} of ${size} elements`);
    const out = heap.output([count]);
    const [from, to] = [heap.pointer(x) >>> 2, heap.pointer(out) >>> 2];
    const bits = heap.integers.subarray(from, from + size);
    copyLargest(bits, heap.integers.subarray(to, to + count));
    return out;
  },
);

function copyLargest(bits: Int32Array, out: Int32Array): void {
  const { threshold, equal } = thresholdOf(bits, out.length);
  let at = 0;
  for (let i = 0; i < bits.length; i++) {
    const magnitude = bits[i]! & MAGNITUDE;
    if (magnitude > threshold) out[at++] = magnitude;
  }
  out.fill(threshold, at, at + equal);
}

/** The least of the largest magnitudes, and how often it is among them. */
function thresholdOf(bits: Int32Array, count: number): { threshold: number; equal: number } {
  const counts = new Uint32Array(2 ** HALF);
  for (let i = 0; i < bits.length; i++) counts[(bits[i]! & MAGNITUDE) >>> HALF]!++;
  const upper = fromAbove(counts, count);
  counts.fill(0);
  for (let i = 0; i < bits.length; i++) {
    const magnitude = bits[i]! & MAGNITUDE;
    if (magnitude >>> HALF === upper.half) counts[magnitude & LOW]!++;
  }
  const lower = fromAbove(counts, upper.left);
  return { threshold: upper.half * 2 ** HALF + lower.half, equal: lower.left };
}

/** The half word that the `count`-th from above has, and how many of those with this half word are needed. */
function fromAbove(counts: Uint32Array, count: number): { half: number; left: number } {
  let half = counts.length - 1;
  let left = count;
  for (; counts[half]! < left; half--) left -= counts[half]!;
  return { half, left };
}
