import { updateRule } from '@txsim/core';
import { tileOuter } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** ΔW = −rate·xᵀd where |xᵀd| is at least `threshold` of its maximum, else 0. */
export const __identifier__ = updateRule({
  id: '__id__',
  description: 'The outer product of the batch without its smallest changes. Source: ….',
  config: z.strictObject({
    threshold: z.number().min(0).max(1).default(0.01).describe('fraction of the largest change'),
  }),
  create: ({ config: { threshold } }) => ({
    request: ({ x, d, rate, grid }) =>
      tf.tidy(() => {
        const gradient = tileOuter(x, d, grid);
        const size = tf.abs(gradient);
        const made = tf.greaterEqual(size, tf.mul(tf.max(size), threshold));
        const delta = tf.mul(tf.mul(gradient, tf.cast(made, 'float32')), -rate) as tf.Tensor4D;
        return { kind: 'delta', delta };
      }),
  }),
});
