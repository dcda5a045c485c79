import * as tf from '@tensorflow/tfjs';

/** A count is saved as two integers, this its base. */
const HALF = 2 ** 30;

/** A whole number below 2⁶⁰ as a tensor for a checkpoint. */
export const saveCount = (count: number): tf.Tensor1D =>
  tf.tensor1d([count % HALF, Math.floor(count / HALF)], 'int32');

/** The way back. */
export async function loadCount(saved: tf.Tensor): Promise<number> {
  const [low, high] = await saved.data();
  return low! + HALF * high!;
}
