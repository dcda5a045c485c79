import * as tf from '@tensorflow/tfjs';
import { normalNumbers, uniformNumbers } from '../support/expressions.js';

/** Numbers of N(0, 1) that depend on the seed alone. */
export const normals = <R extends tf.Rank = tf.Rank>(shape: readonly number[], seed: number): tf.Tensor<R> =>
  tf.tensor(normalNumbers(tf.util.sizeFromShape([...shape]), seed), shape as tf.ShapeMap[R]);

/** Numbers of U(low, high) that depend on the seed alone. */
export const uniforms = <R extends tf.Rank = tf.Rank>(
  shape: readonly number[],
  seed: number,
  low = -1,
  high = 1,
): tf.Tensor<R> =>
  tf.tensor(
    Float32Array.from(uniformNumbers(tf.util.sizeFromShape([...shape]), low, high, seed)),
    shape as tf.ShapeMap[R],
  );
