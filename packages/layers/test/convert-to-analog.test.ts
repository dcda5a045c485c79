import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { labArrays, values } from '../../../test/support/laboratory.js';
import { convertToAnalog, digitalModel, KernelVariable, type AnalogDense } from '../src/index.js';
import { MODELS, numbers } from './models.js';

beforeAll(activateWasm);

const TOLERANCE = 1e-5;
const arrays = () => labArrays({ mapping: { use: 'mapping', rows: 8, columns: 8 } });

const expectNear = (found: tf.Tensor, wanted: tf.Tensor): void => {
  expect(found.shape).toEqual(wanted.shape);
  const [a, b] = [values(found), values(wanted)];
  const limit = TOLERANCE * Math.max(1, ...b.map(Math.abs));
  a.forEach((v, i) => expect(Math.abs(v - b[i]!)).toBeLessThanOrEqual(limit));
};

describe.each(Object.entries(MODELS))('%s', (_, make) => {
  const loss = (network: tf.LayersModel, x: tf.Tensor) => (): tf.Scalar =>
    tf.mean(tf.square(network.apply(x) as tf.Tensor));

  test('keeps the names of its layers and its shapes', async () => {
    const { model } = make();
    const { network } = await convertToAnalog(model, arrays());
    expect(network.layers.map((l) => l.name)).toEqual(model.layers.map((l) => l.name));
    expect(network.inputs.map((i) => i.shape)).toEqual(model.inputs.map((i) => i.shape));
    expect(network.outputs.map((o) => o.shape)).toEqual(model.outputs.map((o) => o.shape));
  });

  test('puts every kernel on arrays and leaves the other weights as they are', async () => {
    const { model } = make();
    const { network, matrices } = await convertToAnalog(model, arrays());
    const dense = model.layers.filter((layer) => layer.getClassName() === 'Dense');
    expect(matrices.map((m) => m.name)).toEqual(dense.map((layer) => layer.name));
    dense.forEach((layer, i) => {
      const [kernel, ...bias] = layer.getWeights();
      const [onArrays, ...digital] = network.getLayer(layer.name).getWeights();
      expectNear(matrices[i]!.read(), kernel!);
      expectNear(onArrays!, kernel!);
      expect(digital.map(values)).toEqual(bias.map(values));
    });
  });

  test('gives the outputs of the original, on ideal arrays', async () => {
    const { model, x } = make();
    const { network } = await convertToAnalog(model, arrays());
    expectNear(network.predict(x) as tf.Tensor, model.predict(x) as tf.Tensor);
  });

  test('has the gradients of the original at its digital weights, and signals that make those of its kernels', async () => {
    const { model, x } = make();
    const analog = await convertToAnalog(model, arrays());
    const [found, wanted] = [analog.pass(loss(analog.network, x)), digitalModel(model).pass(loss(model, x))];
    expectNear(found.loss, wanted.loss);
    for (const layer of model.layers) {
      const copies = analog.network.getLayer(layer.name).trainableWeights;
      for (const weight of layer.trainableWeights) {
        const gradient = wanted.gradients[(weight.read() as tf.Variable).name]!;
        const same = (w: tf.LayerVariable): boolean => w.originalName === weight.originalName;
        const copy = copies.find(same)!;
        if (!(copy instanceof KernelVariable))
          expectNear(found.gradients[(copy.read() as tf.Variable).name]!, gradient);
        else {
          const signal = found.signals.find((s) => s.matrix.name === layer.name)!;
          expectNear(tf.matMul(signal.x as tf.Tensor2D, signal.d as tf.Tensor2D, true, false), gradient);
        }
      }
    }
  });

  test('leaves the original untouched, and no tensors when disposed', async () => {
    const { model, x } = make();
    const weights = model.getWeights().map(values);
    const made = arrays();
    const before = tf.memory().numTensors;
    const analog = await convertToAnalog(model, made);
    const { loss: mean, gradients, signals } = analog.pass(loss(analog.network, x));
    for (const { matrix, x: input, d } of signals) matrix.update(input, d, 0.1);
    tf.dispose([mean, gradients, signals.map((s) => [s.x, s.d])]);
    analog.dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(model.getWeights().map(values)).toEqual(weights);
  });
});

test('layers with weights that have no analog form stay digital and are listed', async () => {
  const { model } = MODELS['batch normalisation in between']!();
  const { digital } = await convertToAnalog(model, arrays());
  expect(digital).toEqual(['normal (BatchNormalization)']);
  expect((await convertToAnalog(MODELS['a perceptron']!().model, arrays())).digital).toEqual([]);
});

test('the gradient at the input of a layer behind another is that of the original', async () => {
  const { model } = MODELS['a perceptron']!();
  const { network } = await convertToAnalog(model, arrays());
  const at = numbers([4, 9], 7);
  const through = (of: tf.LayersModel) =>
    tf.grad((x) => tf.sum(tf.square(of.layers[1]!.apply(x) as tf.Tensor)))(at);
  expectNear(through(network), through(model));
});

test('the gradient at the input of the network is that of the original, if its first layer is told to give one', async () => {
  const { model, x } = MODELS['two branches']!();
  const { network } = await convertToAnalog(model, arrays());
  for (const name of ['left', 'right']) {
    const { kernels } = network.getLayer(name) as AnalogDense;
    kernels['kernel']!.products[0]!.needsInputGradient = true;
  }
  const through = (of: tf.LayersModel) => tf.grad((at) => tf.sum(tf.square(of.apply(at) as tf.Tensor)))(x);
  expectNear(through(network), through(model));
});

test('a layer that nothing trainable stands before does not drive its arrays backward', async () => {
  const { model, x } = MODELS['a perceptron']!();
  const analog = await convertToAnalog(model, arrays());
  const driven: string[] = [];
  for (const matrix of analog.matrices) {
    const backward = matrix.backward.bind(matrix);
    matrix.backward = (d: tf.Tensor2D) => {
      driven.push(matrix.name);
      return backward(d) as tf.Tensor2D;
    };
  }
  analog.pass(() => tf.mean(analog.network.apply(x) as tf.Tensor));
  expect(driven).toEqual(analog.matrices.slice(1).map((m) => m.name).reverse()); // prettier-ignore
});

test('arrays that cannot be made leave nothing behind: neither those made before, nor the copy', async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] }), tf.layers.dense({ units: 2, name: 'last' })] }); // prettier-ignore
  const good = arrays();
  const open = (): never => {
    throw new Error('this rule learns nothing');
  };
  const perLayer = { last: { ...good, updateRule: { open } } };
  (await convertToAnalog(model, good)).dispose();
  const before = tf.memory().numTensors;
  await expect(convertToAnalog(model, good, { perLayer })).rejects.toThrow('learns nothing');
  expect(tf.memory().numTensors).toBe(before);
});
