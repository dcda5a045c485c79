import * as tf from '@tensorflow/tfjs';

/**
 * What something gives, and the most bytes that all tensors took at once while it ran.
 *
 * `tf.profile` tells nearly the same (it looks after each operation only), but copies the result of every operation to look
 * for NaN in it: a large network would need more memory for being watched than for the step.
 */
export async function peakBytes<T>(run: () => Promise<T>): Promise<{ result: T; bytes: number }> {
  const { state } = tf.engine();
  let now = state.numBytes;
  let most = now;
  Object.defineProperty(state, 'numBytes', {
    configurable: true,
    enumerable: true,
    get: () => now,
    set: (bytes: number) => {
      now = bytes;
      most = Math.max(most, now);
    },
  });
  try {
    const result = await run();
    return { result, bytes: most };
  } finally {
    Object.defineProperty(state, 'numBytes', { configurable: true, enumerable: true, writable: true, value: now }); // prettier-ignore
  }
}
