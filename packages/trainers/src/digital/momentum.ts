import { updateRule } from '@txsim/core';
import { add, evaluateAll, input, multiply, planeShape } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { writer, writeFields } from './write.js';

/**
 * Gradient descent with momentum, formed digitally and written to the devices: m ← μ m + Σ xᵀd, ΔW = −rate · m.
 *
 * Source: Polyak, "Some methods of speeding up the convergence of iteration methods", USSR Computational Mathematics and
 * Mathematical Physics 4(5):1–17 (1964), in the form of `tf.train.momentum`.
 */
export const momentum = updateRule({
  id: 'momentum',
  description: 'Digital gradient descent with momentum; each change is written, or written and verified.',
  citation: 'Polyak, USSR Comput. Math. Math. Phys. 4(5):1 (1964)',
  config: z.strictObject({
    momentum: z.number().min(0).lt(1).default(0.9).describe('part μ of the last step that is kept'),
    ...writeFields,
  }),
  create: ({ config }) => ({
    open: ({ arrays: [arrays], remember }) => {
      const shape = planeShape(arrays!.grid);
      const write = writer(arrays!, config);
      const moment = remember('moment', shape);
      const next = [add(multiply(input('moment'), config.momentum), input('gradient'))];
      return ({ gradient, rate }) => {
        moment.set(evaluateAll(next, { moment: moment.value, gradient: gradient() }, shape)[0]!);
        write(tf.mul<tf.Tensor4D>(moment.value, -rate));
      };
    },
  }),
});
