import type * as tf from '@tensorflow/tfjs';
import type { DrawKey } from '@txsim/ops';
import type { WebgpuBackend } from '../backend.js';

/** WGSL: key number `at` of the buffer `keys`. */
export const KEYS = `
fn txKey(at : u32) -> vec4<u32> {
  return vec4<u32>(u32(keys[4u * at]), u32(keys[4u * at + 1u]), u32(keys[4u * at + 2u]), u32(keys[4u * at + 3u]));
}
`;

/** Keys as a buffer: a batch has one for each of its blocks of samples. */
export const keysOf = (backend: WebgpuBackend, keys: readonly DrawKey[]): tf.TensorInfo => {
  const words = keys.flatMap((key) => key.words);
  return backend.makeTensorInfo([words.length], 'int32', Int32Array.from(words));
};
