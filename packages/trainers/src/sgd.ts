import { disposePass, trainer } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/**
 * Stochastic gradient descent: w ← w − rate · ∂L/∂w for digital variables, the same request for the arrays. With a step
 * decay, rate = learningRate · factor^⌊epoch / every⌋, epochs counted from 0.
 */
export const sgd = trainer({
  id: 'sgd',
  description: 'Stochastic gradient descent; the arrays are updated in place, batch by batch.',
  config: z.strictObject({
    learningRate: z.number().positive().default(0.1).describe('learning rate, dimensionless'),
    batchSize: z.int().min(1).default(16).describe('samples per update'),
    epochs: z.int().min(0).default(1).describe('passes through the training set'),
    decay: z
      .strictObject({
        every: z.int().min(1).describe('epochs between two reductions'),
        factor: z.number().positive().max(1).default(0.5).describe('what is left of the rate'),
      })
      .optional()
      .describe('step decay of the learning rate; absent: it stays'),
  }),
  create: ({ config: { learningRate, batchSize, epochs, decay }, onDispose }) => {
    const rateAt = (epoch: number): number =>
      decay ? learningRate * decay.factor ** Math.floor(epoch / decay.every) : learningRate;
    // Made at the first step: it holds a tensor, and there is no backend yet while a stack is put together.
    let made: { readonly rate: number; readonly optimizer: tf.SGDOptimizer } | undefined;
    onDispose(() => made?.optimizer.dispose());
    const optimizerAt = (rate: number): tf.SGDOptimizer => {
      if (made?.rate === rate) return made.optimizer;
      made?.optimizer.dispose();
      made = { rate, optimizer: tf.train.sgd(rate) };
      return made.optimizer;
    };
    return {
      epochs,
      batchSize,
      step: (model, loss, epoch = 0) => {
        const rate = rateAt(epoch);
        const pass = model.pass(loss);
        let learned = false;
        try {
          optimizerAt(rate).applyGradients(pass.gradients);
          for (const { matrix, x, d } of pass.signals) matrix.update(x, d, rate);
          learned = true;
          return pass.loss;
        } finally {
          disposePass(pass, learned);
        }
      },
    };
  },
});
