import { network } from '@txsim/core';
import { fillUniform, type RandomStream } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** Dense layers: a hidden one with ReLU, then one logit per class. */
export const __identifier__ = network({
  id: '__id__',
  description: 'A perceptron with one hidden layer. Initialisation: Glorot & Bengio, AISTATS 2010.',
  config: z.strictObject({
    units: z.int().min(1).default(128).describe('width of the hidden layer'),
  }),
  create: ({ config: { units }, random }) => ({
    build: ({ inputShape, classes }) => {
      const inputs = inputShape.reduce((a, b) => a * b, 1);
      const model = tf.sequential();
      model.add(tf.layers.reshape({ inputShape: [...inputShape], targetShape: [inputs] }));
      model.add(tf.layers.dense({ name: 'hidden', units, activation: 'relu', kernelInitializer: 'zeros' }));
      model.add(tf.layers.dense({ name: 'logits', units: classes, kernelInitializer: 'zeros' }));
      draw(model.getLayer('hidden'), [inputs, units], random('hidden'));
      draw(model.getLayer('logits'), [units, classes], random('logits'));
      return model;
    },
  }),
});

/** Kernel ~ U(−l, l), l = √(6/(inputs + outputs)); the bias stays 0. */
function draw(layer: tf.layers.Layer, shape: [number, number], stream: RandomStream): void {
  const values = new Float32Array(shape[0] * shape[1]);
  fillUniform(stream, 0, 0, values);
  const limit = Math.sqrt(6 / (shape[0] + shape[1]));
  const kernel = tf.tensor2d(
    values.map((v) => (2 * v - 1) * limit),
    shape,
  );
  layer.setWeights([kernel, layer.getWeights()[1]!]);
  kernel.dispose();
}
