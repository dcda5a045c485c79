import type { WritableArrays } from '@txsim/core';
import { toTiles } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** The configuration keys of rules that write what a digital optimiser proposes. */
export const writeFields = {
  verify: z
    .int()
    .min(0)
    .max(100)
    .default(0)
    .describe('times that weights are read after a write and the difference is written; 0: write once'),
  tolerance: z
    .number()
    .min(0)
    .max(1)
    .default(0.005)
    .describe('difference that verification leaves alone, fraction of wMax'),
};

/**
 * Writes a change of the weights, in the layout of the tiles: once, or again and again what is missing where that is more
 * than the tolerance. Verification reads the devices without error.
 */
export function writer(
  arrays: WritableArrays,
  { verify, tolerance }: z.infer<z.ZodObject<typeof writeFields>>,
): (delta: tf.Tensor4D) => void {
  const { grid, weightRange } = arrays;
  const tiles = (): tf.Tensor4D => toTiles(arrays.read(), grid);
  return (delta) => {
    if (verify === 0) return arrays.write({ kind: 'delta', delta });
    const target = tf.add<tf.Tensor4D>(tiles(), delta);
    arrays.write({ kind: 'delta', delta });
    for (let round = 0; round < verify; round++) {
      const missing = tf.sub<tf.Tensor4D>(target, tiles());
      const matters = tf.greater(tf.abs(missing), tolerance * weightRange);
      arrays.write({ kind: 'delta', delta: tf.mul<tf.Tensor4D>(missing, tf.cast(matters, 'float32')) });
    }
  };
}
