import type * as tf from '@tensorflow/tfjs';
import type { NetworkAttributes } from '@txsim/ops';
import { kernelConfig, sizeOf } from './arguments.js';
import { ends } from './effective-conductance.js';
import type { Heap } from './heap.js';

function solve(
  heap: Heap,
  g: tf.TensorInfo,
  volts: tf.TensorInfo | undefined,
  vectors: number,
  a: NetworkAttributes,
): tf.TensorInfo {
  const [m, n] = g.shape.slice(-2) as [number, number];
  const leading = g.shape.slice(0, -2);
  const drives = volts ? heap.pointer(volts) : 0;
  const out = heap.output([...leading, vectors, n]);
  const workspace = heap.scratch(heap.kernels.exactWorkspace(m, n));
  const network = [heap.pointer(g), ...ends(a), a.tolerance];
  heap.kernels.exactCurrents(sizeOf(leading), vectors, m, n, drives, ...network, heap.pointer(out), workspace); // prettier-ignore
  return out;
}

/** `exactCurrents` of @txsim/ops. */
export const exactCurrents = kernelConfig<{ volts: tf.TensorInfo; g: tf.TensorInfo }, NetworkAttributes>(
  'TxExactCurrents',
  (heap, { volts, g }, a) => solve(heap, g, volts, volts.shape.at(-2)!, a),
);

/** `exactConductance` of @txsim/ops. */
export const exactConductance = kernelConfig<{ g: tf.TensorInfo }, NetworkAttributes>(
  'TxExactConductance',
  (heap, { g }, a) => solve(heap, g, undefined, g.shape.at(-2)!, a),
);

/** `exactConductanceGradient` of @txsim/ops. */
export const exactConductanceGradient = kernelConfig<
  { upstream: tf.TensorInfo; g: tf.TensorInfo },
  NetworkAttributes
>('TxExactConductanceGradient', (heap, { upstream, g }, a) => {
  const [m, n] = g.shape.slice(-2) as [number, number];
  const out = heap.output(g.shape);
  const workspace = heap.scratch(heap.kernels.gradientWorkspace(m, n));
  const network = [heap.pointer(g), ...ends(a), a.tolerance];
  const arrays = sizeOf(g.shape.slice(0, -2));
  heap.kernels.exactGradient(arrays, m, n, heap.pointer(upstream), ...network, heap.pointer(out), workspace);
  return out;
});
