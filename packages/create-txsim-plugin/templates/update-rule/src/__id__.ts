import { updateRule } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** ΔW = −rate·Σ xᵀd where its magnitude is at least `threshold` of its maximum, else 0. */
export const __identifier__ = updateRule({
  id: '__id__',
  description: 'The outer product of the mini-batch without its smallest changes. Source: ….',
  config: z.strictObject({
    threshold: z.number().min(0).max(1).default(0.01).describe('fraction of the largest change'),
  }),
  create: ({ config: { threshold } }) => ({
    open:
      ({ arrays: [arrays] }) =>
      ({ gradient, rate }) => {
        const change = gradient(-rate);
        const size = tf.abs(change);
        const made = tf.greaterEqual(size, tf.mul(tf.max(size), threshold));
        arrays!.write({ kind: 'delta', delta: tf.mul(change, tf.cast(made, 'float32')) });
      },
  }),
});
