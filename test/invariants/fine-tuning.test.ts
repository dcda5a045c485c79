import { arrayModel } from '@txsim/array';
import { compose, dataset, network, trainer, type TrainableModel } from '@txsim/core';
import { convertToAnalog, digitalModel } from '@txsim/layers';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { calibrate, crossEntropy, evaluate, makeBatch, permutation } from '@txsim/trainers';
import { randomStream } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { laboratory, labStack } from '../support/laboratory.js';

beforeAll(activateWasm);

const BATCH = 20;

const stack = labStack(
  {
    device: { use: 'device-models/asymmetric-nonlinear', nu: 1 },
    mapping: { use: 'mapping', rows: 64, columns: 32, weightRange: { initial: 1.5 } },
    dac: { use: 'circuit-models/uniform-dac', bits: 8 },
    adc: { use: 'circuit-models/uniform-adc', bits: 8 },
    wire: { use: 'wire-resistance', row: 20, column: 20 },
    nonIdealities: [
      { use: 'device-variation', sigma: 0.5 },
      { use: 'stuck-devices', atMin: 0.05, atMax: 0.05 },
      { use: 'write-noise' },
    ],
  },
  {
    dataset: { use: 'datasets/digits', trainSize: 1000, testSize: 500 },
    network: { use: 'mlp', units: [24] },
    trainer: { use: 'trainers/sgd', batchSize: BATCH, learningRate: 0.1 },
  },
);

test('a digital network loses accuracy on arrays, and trained on there wins back at least half of what it lost', async () => {
  const simulation = compose(stack, laboratory());
  const data = await simulation.resolve(dataset).load();
  const learner = simulation.resolve(trainer);
  const learn = (model: TrainableModel, epochs: number): void => {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = permutation(randomStream(1, 'order'), epoch, data.train.size);
      for (let start = 0; start < data.train.size; start += BATCH) {
        const batch = makeBatch(data, data.train, order.subarray(start, start + BATCH));
        learner.step(model, () => crossEntropy(model.network, batch)).dispose();
        tf.dispose([batch.x, batch.y]);
      }
    }
  };
  const digital = await simulation.resolve(network).build(data);
  learn(digitalModel(digital), 10);
  const before = (await evaluate(digital, data)).accuracy;
  const analog = await convertToAnalog(digital, arrayModel(simulation));
  const shown = makeBatch(
    data,
    data.train,
    Array.from({ length: 100 }, (_, i) => i),
  );
  await calibrate(analog, shown);
  const mapped = (await evaluate(analog.network, data)).accuracy;
  learn(analog, 4);
  const after = (await evaluate(analog.network, data)).accuracy;
  console.log(`digital ${before}, on arrays ${mapped}, trained on ${after}`);
  // Of 500 samples: a difference of 0.1 is more than four standard errors.
  expect(mapped).toBeLessThan(before - 0.1);
  expect(after - mapped).toBeGreaterThan((before - mapped) / 2);
  // The original is as it was.
  expect((await evaluate(digital, data)).accuracy).toBe(before);
});
