import { network } from '@txsim/core';
import { fillUniform, type RandomStream } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

const ACTIVATIONS = ['relu', 'sigmoid', 'tanh'] as const;

/** Dense layers: hidden ones of the given widths, then one of as many logits as there are classes. */
export const mlp = network({
  id: 'mlp',
  description: 'Multilayer perceptron; weights are Glorot-uniform, biases zero.',
  citation: 'Initialisation: Glorot & Bengio, AISTATS 2010',
  config: z.strictObject({
    units: z
      .array(z.int().min(1))
      .default([256, 128])
      .describe('width of each hidden layer, outermost first'),
    activation: z.enum(ACTIVATIONS).default('relu').describe('activation of the hidden layers'),
    bias: z.boolean().default(true).describe('whether layers have a (digital) bias'),
  }),
  create: ({ config, random }) => ({
    build: ({ inputShape, classes }) => {
      const features = inputShape.reduce((a, b) => a * b, 1);
      const widths = [...config.units, classes];
      const model = tf.sequential();
      if (inputShape.length > 1) model.add(tf.layers.flatten({ inputShape: [...inputShape] }));
      widths.forEach((units, i) => {
        const first = i === 0 && inputShape.length === 1;
        model.add(
          tf.layers.dense({
            name: `dense_${i + 1}`,
            units,
            useBias: config.bias,
            activation: i < widths.length - 1 ? config.activation : 'linear',
            kernelInitializer: 'zeros',
            ...(first ? { inputShape: [...inputShape] } : {}),
          }),
        );
      });
      const dense = model.layers.filter((layer) => layer.getClassName() === 'Dense');
      dense.forEach((layer, i) => initialise(layer, widths[i - 1] ?? features, random(layer.name, 'kernel')));
      return model;
    },
  }),
});

/** Kernel ~ U(−l, l), l = √(6 / (inputs + outputs)). */
function initialise(layer: tf.layers.Layer, inputs: number, stream: RandomStream): void {
  const [, ...rest] = layer.getWeights();
  const units = layer.getWeights()[0]!.shape[1]!;
  const values = new Float32Array(inputs * units);
  fillUniform(stream, 0, 0, values);
  const limit = Math.sqrt(6 / (inputs + units));
  for (let i = 0; i < values.length; i++) values[i] = (2 * values[i]! - 1) * limit;
  const kernel = tf.tensor2d(values, [inputs, units]);
  layer.setWeights([kernel, ...rest]);
  kernel.dispose();
}
