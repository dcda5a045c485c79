import { fillNormal, randomStream } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** Normal numbers of a shape that depend on the seed alone. */
export function numbers(shape: number[], seed = 1): tf.Tensor {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  fillNormal(randomStream(seed, 'layers'), 0, 0, values);
  return tf.tensor(values, shape);
}

/** Gives every weight of a model numbers of its own, biases too. */
function filled(model: tf.LayersModel): tf.LayersModel {
  // Positive ones first, for the variances of batch normalisation.
  model.setWeights(model.getWeights().map((w, i) => tf.add(tf.abs(numbers(w.shape, 100 + i)), 0.1)));
  model.layers.forEach((layer, k) => {
    if (layer.getClassName() !== 'Dense') return;
    layer.setWeights(layer.getWeights().map((w, i) => tf.mul(numbers(w.shape, 10 * k + i), 0.5)));
  });
  return model;
}

const { dense } = tf.layers;

/** Dense networks of several kinds; each takes the inputs that its function gives. */
export const MODELS: Readonly<Record<string, () => { model: tf.LayersModel; x: tf.Tensor }>> = {
  'one layer without bias': () => ({
    model: filled(tf.sequential({ layers: [dense({ units: 3, inputShape: [5], useBias: false })] })),
    x: numbers([4, 5]),
  }),
  'a perceptron': () => ({
    model: filled(
      tf.sequential({
        layers: [
          dense({ units: 9, inputShape: [5], activation: 'relu' }),
          dense({ units: 6, activation: 'tanh', useBias: false }),
          dense({ units: 3, activation: 'softmax' }),
        ],
      }),
    ),
    x: numbers([4, 5]),
  }),
  'three-dimensional inputs': () => ({
    model: filled(
      tf.sequential({
        layers: [
          dense({ units: 7, inputShape: [6, 5], activation: 'sigmoid' }),
          tf.layers.flatten(),
          dense({ units: 2 }),
        ],
      }),
    ),
    x: numbers([4, 6, 5]),
  }),
  'two branches': () => {
    const input = tf.input({ shape: [5] });
    const left = dense({ units: 4, name: 'left', activation: 'relu' }).apply(input) as tf.SymbolicTensor;
    const right = dense({ units: 4, name: 'right', activation: 'tanh' }).apply(input) as tf.SymbolicTensor;
    const sum = tf.layers.add().apply([left, right]) as tf.SymbolicTensor;
    const both = tf.layers.concatenate().apply([sum, left]) as tf.SymbolicTensor;
    const output = dense({ units: 3, name: 'output' }).apply(both) as tf.SymbolicTensor;
    return { model: filled(tf.model({ inputs: input, outputs: output })), x: numbers([4, 5]) };
  },
  'batch normalisation in between': () => ({
    model: filled(
      tf.sequential({
        layers: [
          dense({ units: 6, inputShape: [5] }),
          tf.layers.batchNormalization({ name: 'normal', movingVarianceInitializer: 'ones' }),
          tf.layers.dropout({ rate: 0.5 }),
          dense({ units: 3 }),
        ],
      }),
    ),
    x: numbers([4, 5]),
  }),
};
