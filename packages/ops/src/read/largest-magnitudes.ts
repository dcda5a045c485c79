import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';

/** Attributes of the kernel `TxLargestMagnitudes`. */
export interface LargestAttributes {
  /** At least 1, at most the number of elements. */
  readonly count: number;
}

/** The `count` largest |x| over all elements of a float32 tensor, [count], in any order. */
export const largestMagnitudes = (x: tf.Tensor, count: number): tf.Tensor1D =>
  dispatch('TxLargestMagnitudes', { x }, { count }, () =>
    largestMagnitudesReference(x, count),
  ) as tf.Tensor1D;

/** The reference: tf.topk, which gives them in falling order. */
export const largestMagnitudesReference = (x: tf.Tensor, count: number): tf.Tensor1D =>
  tf.tidy(() => tf.topk<tf.Tensor1D>(tf.abs(x).flatten(), count, false).values);
