import type * as tf from '@tensorflow/tfjs';
import type { LineResistances } from '@txsim/ops';
import { kernelConfig, sizeOf } from './arguments.js';
import type { Heap } from './heap.js';

interface Inputs {
  readonly g: tf.TensorInfo;
}

const multipleOfFour = (n: number): number => Math.ceil(n / 4) * 4;

/** The resistances in the order in which the kernels take them. */
export const ends = (lines: LineResistances): [number, number, number, number] => [
  lines.row,
  lines.column,
  lines.rowEnd,
  lines.columnEnd,
];

/** Bytes that the kernel needs to itself. */
export function workspaceOf(m: number, n: number): number {
  const [M, N] = [multipleOfFour(m), multipleOfFour(n)];
  return 4 * (3 * M * N + 2 * M + 105 * N + 256);
}

function solve(heap: Heap, rank: 1 | 4, g: tf.TensorInfo, lines: LineResistances): tf.TensorInfo {
  const [m, n] = g.shape.slice(-2) as [number, number];
  const from = heap.pointer(g);
  const out = heap.output(g.shape);
  const workspace = heap.scratch(workspaceOf(m, n));
  const arrays = sizeOf(g.shape.slice(0, -2));
  heap.kernels.effectiveConductance(rank, arrays, m, n, from, ...ends(lines), heap.pointer(out), workspace);
  return out;
}

/** `effectiveConductance` of @txsim/ops. */
export const effectiveConductance = kernelConfig<Inputs, LineResistances>(
  'TxEffectiveConductance',
  (heap, { g }, lines) => solve(heap, 1, g, lines),
);

/** `rankFourConductance` of @txsim/ops. */
export const rankFourConductance = kernelConfig<Inputs, LineResistances>(
  'TxRankFourConductance',
  (heap, { g }, lines) => solve(heap, 4, g, lines),
);

/** `lineSeverity` of @txsim/ops. */
export const lineSeverity = kernelConfig<Inputs, LineResistances>('TxLineSeverity', (heap, { g }, lines) => {
  const [m, n] = g.shape.slice(-2) as [number, number];
  const leading = g.shape.slice(0, -2);
  const from = heap.pointer(g);
  const out = heap.output(leading);
  heap.kernels.lineSeverity(sizeOf(leading), m, n, from, ...ends(lines), heap.pointer(out));
  return out;
});
