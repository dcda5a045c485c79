import { disposePass, trainer } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** Stochastic gradient descent: w ← w − rate · ∂L/∂w for digital variables, the same request for the arrays. */
export const sgd = trainer({
  id: 'sgd',
  description: 'Stochastic gradient descent; the arrays are updated in place, batch by batch.',
  config: z.strictObject({
    learningRate: z.number().positive().default(0.1).describe('learning rate, dimensionless'),
    batchSize: z.int().min(1).default(16).describe('samples per update'),
    epochs: z.int().min(0).default(1).describe('passes through the training set'),
  }),
  create: ({ config: { learningRate, batchSize, epochs }, onDispose }) => {
    // Made at the first step: it holds a tensor, and there is no backend yet while a stack is put together.
    let optimizer: tf.SGDOptimizer | undefined;
    onDispose(() => optimizer?.dispose());
    return {
      epochs,
      batchSize,
      step: (model, loss) => {
        const pass = model.pass(loss);
        let learned = false;
        try {
          optimizer ??= tf.train.sgd(learningRate);
          optimizer.applyGradients(pass.gradients);
          for (const { matrix, x, d } of pass.signals) matrix.update(x, d, learningRate);
          learned = true;
          return pass.loss;
        } finally {
          disposePass(pass, learned);
        }
      },
    };
  },
});
