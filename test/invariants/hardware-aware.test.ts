import { compose, disposePass, trainer } from '@txsim/core';
import { convertToAnalog, convertToDigital } from '@txsim/layers';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { arrayModel } from '@txsim/array';
import { crossEntropy } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { gaussian, labArrays, laboratory, labStack, values } from '../support/laboratory.js';

beforeAll(activateWasm);

type Parts = Parameters<typeof labStack>[0];

/** Two dense layers on arrays, and a step of training. */
async function learner(parts: Parts, rest: Parameters<typeof labStack>[1] = {}, exclude: string[] = []) {
  const simulation = compose(
    labStack(parts, { trainer: { use: 'trainers/sgd', learningRate: 0.05 }, ...rest }),
    laboratory(),
  );
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ name: 'hidden', units: 8, inputShape: [6], activation: 'tanh' }),
      tf.layers.dense({ name: 'output', units: 3 }),
    ],
  });
  const kernels = [gaussian([6, 8], 5), gaussian([8, 3], 6)].map((w) => tf.mul(w, 0.3));
  model.setWeights([kernels[0]!, tf.zeros([8]), kernels[1]!, tf.zeros([3])]);
  const analog = await convertToAnalog(model, arrayModel(simulation), { exclude });
  const x = tf.mul(gaussian([12, 6], 7), 2);
  const labels = Int32Array.from({ length: 12 }, (_, i) => i % 3);
  const y = tf.oneHot(tf.tensor1d(labels, 'int32'), 3).toFloat() as tf.Tensor2D;
  const loss = (network: tf.LayersModel) => () => crossEntropy(network, { x, y, labels });
  const step = () => values(simulation.resolve(trainer).step(analog, loss(analog.network)))[0]!;
  return { model, analog, step, loss, x, y };
}

/** ∂L/∂v by central differences, v one number of a variable. */
function difference(variable: tf.Variable, i: number, loss: () => tf.Scalar): number {
  const [before, h] = [values(variable), 1e-2];
  const at = (v: number): number => {
    variable.assign(tf.tensor(before.map((w, k) => (k === i ? v : w)), variable.shape)); // prettier-ignore
    return values(loss())[0]!;
  };
  const slope = (at(before[i]! + h) - at(before[i]! - h)) / (2 * h);
  variable.assign(tf.tensor(before, variable.shape));
  return slope;
}

describe('what learns beside the weights', () => {
  const FINE = { use: 'circuit-models/uniform-dac', bits: 24, readVoltage: 1 };

  test('the gradient at an input range is that of the loss', async () => {
    const { analog, loss } = await learner({ dac: { ...FINE, scale: { learn: 1, decay: 0 } } });
    const pass = analog.pass(loss(analog.network));
    const ranges = Object.keys(pass.gradients).filter((name) => pass.gradients[name]!.rank === 0);
    expect(ranges).toHaveLength(2);
    for (const name of ranges) {
      const variable = tf.engine().registeredVariables[name] as tf.Variable;
      const wanted = difference(variable, 0, loss(analog.network));
      expect(Math.abs(values(pass.gradients[name]!)[0]! - wanted)).toBeLessThan(
        0.02 * Math.abs(wanted) + 1e-3,
      );
    }
    disposePass(pass);
  });

  test.each(['layer', 'column'])('the gradient at the scale of a %s is that of the loss', async (scaling) => {
    const { analog, loss } = await learner({ mapping: { use: 'mapping', scaling, learnScaling: true } });
    const pass = analog.pass(loss(analog.network));
    const lengths = scaling === 'layer' ? [1, 1] : [8, 3];
    const scales = Object.entries(pass.gradients).filter(([name, g]) => g.rank === 1 && !/bias/.test(name));
    expect(scales.map(([, g]) => g.shape[0])).toEqual(lengths);
    for (const [name, gradient] of scales) {
      const variable = tf.engine().registeredVariables[name] as tf.Variable;
      values(gradient).forEach((found, i) => {
        const wanted = difference(variable, i, loss(analog.network));
        expect(Math.abs(found - wanted)).toBeLessThan(0.01 * Math.abs(wanted) + 1e-3);
      });
    }
    disposePass(pass);
  });

  test('training moves them, and the loss falls', async () => {
    const { step, analog } = await learner({
      dac: { ...FINE, scale: { learn: 0.5, decay: 0.01 } },
      mapping: { use: 'mapping', scaling: 'column', learnScaling: true },
    });
    const saved = () => Object.entries(analog.matrices[0]!.save()).filter(([k]) => /range|scale/.test(k));
    const before = saved().map(([, t]) => values(t));
    const losses = Array.from({ length: 30 }, step);
    const after = saved().map(([, t]) => values(t));
    expect(after).not.toEqual(before);
    expect(losses.at(-1)!).toBeLessThan(losses[0]! - 0.1);
  });
});

describe('fit', () => {
  const FINE = { use: 'circuit-models/uniform-dac', bits: 24, readVoltage: 1 };
  const parts: Parts = {
    dac: { ...FINE, scale: { learn: 1, decay: 0.01 } },
    mapping: { use: 'mapping', scaling: 'column', learnScaling: true },
  };
  const rate = 0.05;
  const saved = (of: Awaited<ReturnType<typeof learner>>): number[] =>
    of.analog.matrices.flatMap((matrix) =>
      Object.entries(matrix.save()).flatMap(([name, t]) => (/range|scale/.test(name) ? values(t) : [])),
    );

  test('moves ranges and scales against the gradients of a pass', async () => {
    const [fitted, stepped] = [await learner(parts), await learner(parts)];
    const { x, y } = fitted;
    fitted.analog.network.compile({
      optimizer: tf.train.sgd(rate),
      loss: tf.losses.softmaxCrossEntropy as never,
    });
    const before = saved(fitted);
    await fitted.analog.network.fit(x, y, { batchSize: 12, epochs: 1, verbose: 0 });
    const pass = stepped.analog.pass(stepped.loss(stepped.analog.network));
    for (const [name, gradient] of Object.entries(pass.gradients)) {
      const variable = tf.engine().registeredVariables[name] as tf.Variable;
      variable.assign(tf.sub(variable, tf.mul(gradient, rate)));
    }
    expect(saved(fitted)).not.toEqual(before);
    saved(fitted).forEach((v, i) => expect(Math.abs(v - saved(stepped)[i]!)).toBeLessThan(1e-6));
    disposePass(pass);
  });

  test('moves those of layers within layers, and nothing is left when they are disposed', async () => {
    const { layers } = tf;
    const kernel = { kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }) };
    const lstm = layers.lstm({ units: 3, ...kernel, recurrentInitializer: 'glorotUniform' });
    const model = tf.sequential({
      layers: [
        layers.timeDistributed({ inputShape: [4, 3], layer: layers.dense({ units: 3, ...kernel }) }),
        layers.bidirectional({ layer: lstm as never, mergeMode: 'concat' }),
        layers.dense({ units: 2, ...kernel }),
      ],
    });
    const arrays = labArrays({ dac: { ...FINE, scale: { learn: 0.5 } } });
    const x = gaussian([8, 3], 3).reshape([2, 4, 3]);
    const before = tf.memory().numTensors;
    const analog = await convertToAnalog(model, arrays);
    const ranges = () =>
      analog.matrices.map((matrix) => {
        const saved = matrix.save();
        const [range] = values(saved['forward.range']!);
        tf.dispose(saved);
        return range!;
      });
    const first = ranges();
    expect(first).toHaveLength(6);
    const optimizer = tf.train.sgd(rate);
    analog.network.compile({ optimizer, loss: 'meanSquaredError' });
    const y = tf.ones([2, 2]);
    await analog.network.fit(x, y, { epochs: 1, verbose: 0 });
    ranges().forEach((range, i) => expect(range).not.toBe(first[i]));
    analog.dispose();
    tf.dispose(y);
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('lessens the loss, and the digital copy has the weights without them', async () => {
    const { analog, model, x, y } = await learner(parts);
    analog.network.compile({ optimizer: tf.train.adam(0.01), loss: tf.losses.softmaxCrossEntropy as never });
    const { history } = await analog.network.fit(x, y, { batchSize: 12, epochs: 30, verbose: 0 });
    const losses = history['loss'] as number[];
    expect(losses.at(-1)!).toBeLessThan(losses[0]! - 0.1);
    const digital = await convertToDigital(analog.network);
    expect(digital.getWeights().map(({ shape }) => shape)).toEqual(model.getWeights().map(({ shape }) => shape)); // prettier-ignore
    const kernels = digital.getWeights().filter((w) => w.rank === 2);
    kernels.forEach((w, k) => expect(values(w)).toEqual(values(analog.matrices[k]!.read())));
  });
});

describe('noise in the forward pass only', () => {
  const noisy: Parts = { nonIdealities: [{ use: 'read-noise', sigma: 0.05 }] };

  test('outputs are noisy; gradients are the exact ones of these outputs, and updates are exact', async () => {
    const rest = { operations: { backward: 'digital', update: 'digital' } } as const;
    const { analog, model, loss } = await learner(noisy, rest);
    const x = gaussian([4, 6], 9);
    const [first, second] = [1, 2].map(() => values(analog.network.predict(x) as tf.Tensor));
    expect(first).not.toEqual(second);
    const [matrix] = analog.matrices;
    const d = gaussian([4, 8], 10);
    const exact = values(tf.matMul(d, model.layers[0]!.getWeights()[0]! as tf.Tensor2D, false, true));
    values(matrix!.backward(d)).forEach((v, i) => expect(Math.abs(v - exact[i]!)).toBeLessThan(1e-5));
    const before = matrix!.read();
    const pass = analog.pass(loss(analog.network));
    const signal = pass.signals.find((s) => s.matrix === matrix)!;
    matrix!.update(signal.x, signal.d, 0.1);
    const wanted = values(tf.sub(before, tf.mul(tf.matMul(signal.x, signal.d, true), 0.1)));
    values(matrix!.read()).forEach((v, i) => expect(Math.abs(v - wanted[i]!)).toBeLessThan(1e-5));
    disposePass(pass);
  });
});

test('weights are clipped to ± weightRange', async () => {
  const { analog, step } = await learner({ mapping: { use: 'mapping', weightRange: 0.2 } });
  for (let i = 0; i < 20; i++) step();
  const largest = Math.max(...values(analog.matrices[1]!.read()).map(Math.abs));
  expect(largest).toBeCloseTo(0.2, 5);
});

test('of chosen layers only the chosen ones are on arrays', async () => {
  const { analog } = await learner({}, {}, ['output']);
  expect(analog.matrices.map((m) => m.name)).toEqual(['hidden']);
});
