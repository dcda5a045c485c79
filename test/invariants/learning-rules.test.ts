import { arrayModel } from '@txsim/array';
import { compose, trainer, type Trainer } from '@txsim/core';
import { convertToAnalog, type AnalogNetwork } from '@txsim/layers';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { crossEntropy, modelTensors, restore } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { laboratory, labStack, values } from '../support/laboratory.js';

beforeAll(activateWasm);

const RULES: readonly { use: string; [key: string]: unknown }[] = [
  { use: 'outer-product' },
  { use: 'momentum', verify: 1 },
  { use: 'adam' },
  { use: 'neurosim' },
  { use: 'mixed-precision', writeEvery: 2 },
  { use: 'pulsed-sgd' },
  { use: 'pulsed-sgd', application: 'aggregated' },
  { use: 'tiki-taka', gamma: 0.2 },
  { use: 'tiki-taka-2', threshold: 0.1, linesPerTransfer: 30 },
  { use: 'chopped-tiki-taka', threshold: 0.1, linesPerTransfer: 30, chopProbability: 0.5 },
  { use: 'agad', threshold: 0.1, linesPerTransfer: 30, chopEvery: 1 },
  { use: 'residual-learning' },
  { use: 'several-devices', policy: 'all' },
  { use: 'periodic-carry', carryEvery: 2, threshold: 0.01 },
];

/** A convolution and a recurrent layer beside a dense one. */
const network = (): tf.LayersModel =>
  tf.sequential({
    layers: [
      tf.layers.conv2d({
        name: 'images',
        filters: 3,
        kernelSize: 2,
        inputShape: [4, 4, 1],
        activation: 'relu',
      }),
      tf.layers.reshape({ targetShape: [3, 9] }),
      tf.layers.lstm({ name: 'steps', units: 4 }),
      tf.layers.dense({ name: 'classes', units: 3 }),
    ],
  });

const BATCH = 5;
const x = (): tf.Tensor => tf.randomNormal([BATCH, 4, 4, 1], 0, 1, 'float32', 3);
const y = (): tf.Tensor2D => tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1], 'int32'), 3).toFloat() as tf.Tensor2D;

interface Class {
  readonly analog: AnalogNetwork;
  readonly step: () => void;
}

/** The network on arrays of noisy devices, and a step by a rule. */
async function classOf(rule: { use: string }): Promise<Class> {
  const arrays = {
    device: {
      use: 'device-models/neurosim-exponential',
      statesUp: 5000,
      statesDown: 5000,
      cycleToCycle: 0.001,
    },
    mapping: { use: 'mapping', sides: 'two' as const, rows: 8, columns: 8, weightRange: 1 },
    updateRule: { ...rule, use: `trainers/${rule.use}` },
    nonIdealities: [{ use: 'read-noise' }],
  };
  // Large steps, fine devices: a few mini-batches must fill a buffer of one pulse.
  const stack = labStack(arrays, { trainer: { use: 'trainers/sgd', learningRate: 1 } });
  const simulation = compose(stack, laboratory());
  const digital = network();
  // The same weights whenever it is called.
  digital.setWeights(digital.getWeights().map((w, i) => tf.randomNormal(w.shape, 0, 0.3, 'float32', i + 1)));
  const analog = await convertToAnalog(digital, arrayModel(simulation));
  const learn: Trainer = simulation.resolve(trainer);
  const batch = { x: x(), y: y(), labels: new Int32Array(BATCH) };
  return { analog, step: () => learn.step(analog, () => crossEntropy(analog.network, batch)).dispose() };
}

const state = async ({ analog }: Class): Promise<Record<string, number[]>> => {
  const tensors = await modelTensors('analog', analog);
  return Object.fromEntries(Object.entries(tensors).map(([key, { data }]) => [key, Array.from(data)]));
};

describe.each(RULES.map((rule) => [JSON.stringify(rule), rule] as const))('%s', (_, rule) => {
  test('teaches convolutions and recurrent layers, leaves no tensors, and goes on from a checkpoint to the same numbers', async () => {
    const [first, second] = [await classOf(rule), await classOf(rule)];
    const before = first.analog.network.getWeights().map(values);
    for (let i = 0; i < 3; i++) first.step();
    await restore({ analog: second.analog }, { tensors: await modelTensors('analog', first.analog) });
    const { numTensors } = tf.memory();
    for (let i = 0; i < 4; i++) first.step();
    expect(tf.memory().numTensors).toBe(numTensors);
    for (let i = 0; i < 4; i++) second.step();
    expect(await state(second)).toEqual(await state(first));
    const after = first.analog.network.getWeights().map(values);
    for (const [k, weights] of after.entries()) {
      expect(weights, `variable ${k}`).not.toEqual(before[k]);
      expect(weights.every(Number.isFinite)).toBe(true);
    }
  });

  test('fit reaches the devices, and disposing leaves nothing', async () => {
    const { analog } = await classOf(rule);
    analog.network.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const before = analog.network.getWeights().map(values);
    await analog.network.fit(x(), y(), { epochs: 1, verbose: 0 });
    expect(analog.network.getWeights().map(values)).not.toEqual(before);
    analog.dispose();
    expect(() => analog.matrices[0]!.read()).toThrow();
  });
});
