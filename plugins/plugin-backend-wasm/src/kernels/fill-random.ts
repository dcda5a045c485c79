import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '@txsim/ops';
import { heapOf } from './heap.js';

/**
 * Elements `start … start + count − 1` of a draw as a tensor: `fillUniform` of @txsim/ops bit for bit, `fillNormal`
 * within 2·10⁻⁶. The wasm backend must be the current one.
 */
export function fillRandom(
  kind: 'uniform' | 'normal',
  stream: RandomStream,
  draw: number,
  start: number,
  count: number,
): tf.Tensor1D {
  const heap = heapOf(tf.backend());
  const out = heap.output([count]);
  const workspace = heap.scratch(128);
  const [key0, key1] = stream.key;
  heap.kernels.fill(+(kind === 'normal'), key0, key1, draw >>> 0, Math.floor(draw / 2 ** 32), start, count, heap.pointer(out), workspace); // prettier-ignore
  return tf.engine().makeTensorFromTensorInfo(out) as tf.Tensor1D;
}
