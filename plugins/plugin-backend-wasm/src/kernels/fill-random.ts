import * as tf from '@tensorflow/tfjs';
import { drawKey, type RandomStream } from '@txsim/ops';
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
  heap.fillRandom(drawKey(stream, draw, kind === 'normal' ? 1 : 0), start, count, heap.pointer(out));
  return tf.engine().makeTensorFromTensorInfo(out) as tf.Tensor1D;
}
