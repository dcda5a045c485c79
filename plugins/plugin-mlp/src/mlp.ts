import { network } from '@txsim/core';
import { fillUniform, type RandomStream } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

const ACTIVATIONS = ['relu', 'sigmoid', 'tanh'] as const;

/** Dense layers: hidden ones of the given widths, then one of as many logits as there are classes. */
export const mlp = network({
  id: 'mlp',
  description:
    'Multilayer perceptron; weights begin Glorot-uniform and biases at zero, or both uniform by fan-in.',
  citation: 'Initialisation: Glorot & Bengio, AISTATS 2010 (equations 16 and 1)',
  config: z.strictObject({
    units: z
      .array(z.int().min(1))
      .default([256, 128])
      .describe('width of each hidden layer, outermost first'),
    activation: z.enum(ACTIVATIONS).default('relu').describe('activation of the hidden layers'),
    bias: z.boolean().default(true).describe('whether layers have a (digital) bias'),
    initial: z
      .enum(['glorot', 'fan-in'])
      .default('glorot')
      .describe(
        'what training begins from: glorot, weights U(±√(6/(inputs + outputs))) and biases 0; fan-in, weights and biases U(±1/√inputs), as in PyTorch',
      ),
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
      dense.forEach((layer, i) => {
        const inputs = widths[i - 1] ?? features;
        const byFanIn = config.initial === 'fan-in';
        const limit = byFanIn ? 1 / Math.sqrt(inputs) : Math.sqrt(6 / (inputs + widths[i]!));
        const [kernel, bias] = layer.weights;
        fill(kernel!, limit, random(layer.name, 'kernel'));
        if (byFanIn && bias) fill(bias, limit, random(layer.name, 'bias'));
      });
      return model;
    },
  }),
});

/** Weight ~ U(−limit, limit). */
function fill(weight: tf.LayerVariable, limit: number, stream: RandomStream): void {
  const shape = weight.shape as number[];
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  fillUniform(stream, 0, 0, values);
  for (let i = 0; i < values.length; i++) values[i] = (2 * values[i]! - 1) * limit;
  const drawn = tf.tensor(values, shape);
  weight.write(drawn);
  drawn.dispose();
}
