import { updateRule } from '@txsim/core';
import { add, divide, evaluateAll, input, multiply, planeShape, sqrt } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { writer, writeFields } from './write.js';

const [G, M, V] = [input('gradient'), input('first'), input('second')];

/**
 * Adam, formed digitally and written to the devices. With g = Σ xᵀd of mini-batch t = 1, 2, …
 *
 *     m ← β₁ m + (1 − β₁) g     v ← β₂ v + (1 − β₂) g²     ΔW = −rate · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)
 *
 * Source: Kingma & Ba, "Adam: a method for stochastic optimization", arXiv 1412.6980, algorithm 1. Its β and ε are 0.9, 0.999 and
 * 1e-8; ε is that of `tf.train.adam` here.
 */
export const adam = updateRule({
  id: 'adam',
  description: 'Adam, formed digitally; each change is written, or written and verified.',
  citation: 'Kingma & Ba, arXiv 1412.6980',
  config: z.strictObject({
    beta1: z.number().min(0).lt(1).default(0.9).describe('decay of the first moment, per mini-batch'),
    beta2: z.number().min(0).lt(1).default(0.999).describe('decay of the second moment, per mini-batch'),
    epsilon: z.number().positive().default(1e-7).describe('added to the root, in units of the gradient'),
    ...writeFields,
  }),
  create: ({ config }) => ({
    open: ({ arrays: [arrays], remember }) => {
      const { beta1, beta2, epsilon } = config;
      const shape = planeShape(arrays!.grid);
      const write = writer(arrays!, config);
      const [first, second] = [remember('first', shape), remember('second', shape)];
      const m = add(multiply(M, beta1), multiply(G, 1 - beta1));
      const v = add(multiply(V, beta2), multiply(G, G, 1 - beta2));
      const change = divide(multiply(m, input('rate')), add(sqrt(multiply(v, input('correction'))), epsilon));
      const next = [m, v, change];
      return ({ gradient, rate, step }) => {
        const inputs = {
          gradient: gradient(),
          first: first.value,
          second: second.value,
          rate: tf.scalar(-rate / (1 - beta1 ** (step + 1))),
          correction: tf.scalar(1 / (1 - beta2 ** (step + 1))),
        };
        const [nextFirst, nextSecond, delta] = evaluateAll(next, inputs, shape);
        first.set(nextFirst!);
        second.set(nextSecond!);
        write(delta as tf.Tensor4D);
      };
    },
  }),
});
