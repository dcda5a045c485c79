import { disposePass, trainer } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** w ← w − rate(t)·∂L/∂w and the same request for the arrays, rate(t) = learningRate/(1 + decay·t). */
export const __identifier__ = trainer({
  id: '__id__',
  description: 'Gradient descent with a rate that falls with time. Source: ….',
  config: z.strictObject({
    learningRate: z.number().positive().default(0.1).describe('rate of the first step, dimensionless'),
    decay: z.number().min(0).default(1e-4).describe('how fast the rate falls, per step'),
    batchSize: z.int().min(1).default(16).describe('samples per update'),
    epochs: z.int().min(0).default(1).describe('passes through the training set'),
  }),
  create: ({ config: { learningRate, decay, batchSize, epochs } }) => {
    // How far each network has come: the arrays and their digital twin are trained in turn.
    const steps = new WeakMap<tf.LayersModel, number>();
    return {
      epochs,
      batchSize,
      step: (model, loss) => {
        const t = steps.get(model.network) ?? 0;
        steps.set(model.network, t + 1);
        const rate = learningRate / (1 + decay * t);
        const pass = model.pass(loss);
        const optimizer = tf.train.sgd(rate);
        optimizer.applyGradients(pass.gradients);
        optimizer.dispose();
        for (const { matrix, x, d } of pass.signals) matrix.update(x, d, rate);
        disposePass(pass, true);
        return pass.loss;
      },
    };
  },
});
