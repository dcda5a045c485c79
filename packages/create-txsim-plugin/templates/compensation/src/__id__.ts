import { compensation } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** Outputs times Σ |before| / Σ |now|, both for unit vectors on the first input lines. */
export const __identifier__ = compensation({
  id: '__id__',
  description: 'One factor for all outputs makes up for drift, found from some input lines. Source: ….',
  config: z.strictObject({
    vectors: z.int().min(1).default(16).describe('input lines that are read for it'),
  }),
  create: ({ config: { vectors } }) => ({
    vectors: (inputs) => tf.slice(tf.eye(inputs), 0, Math.min(vectors, inputs)),
    // Outputs of nothing have nothing to make up for.
    factor: ({ before, now }) => {
      const [fresh, left] = [tf.sum(tf.abs(before)), tf.sum(tf.abs(now))];
      return tf.where(tf.greater(left, 0), tf.divNoNan(fresh, left), 1);
    },
  }),
});
