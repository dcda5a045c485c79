import type * as tf from '@tensorflow/tfjs';
import type { LineResistances } from '@txsim/ops';
import { kernelConfig, sizeOf } from './arguments.js';

interface Inputs {
  readonly g: tf.TensorInfo;
}

const multipleOfFour = (n: number): number => Math.ceil(n / 4) * 4;

/** `effectiveConductance` of @txsim/ops. */
export const effectiveConductance = kernelConfig<Inputs, LineResistances>(
  'TxEffectiveConductance',
  (heap, { g }, lines) => {
    const [m, n] = g.shape.slice(-2) as [number, number];
    const [M, N] = [multipleOfFour(m), multipleOfFour(n)];
    const from = heap.pointer(g);
    const out = heap.output(g.shape);
    const workspace = heap.scratch(4 * (2 * M * N + M + 34 * N + 16));
    const ends = [lines.row, lines.column, lines.rowEnd, lines.columnEnd];
    const arrays = sizeOf(g.shape.slice(0, -2));
    heap.kernels.effectiveConductance(arrays, m, n, from, ...ends, heap.pointer(out), workspace);
    return out;
  },
);
