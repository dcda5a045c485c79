import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { laboratory, labStack } from '../../../test/support/laboratory.js';
import { estimate } from '../src/index.js';

beforeAll(activateWasm);

/** 64 inputs, 12 hidden units, ten classes. */
const stack = () =>
  labStack(
    { mapping: { use: 'mapping', rows: 32, columns: 16 } },
    {
      backend: 'wasm',
      dataset: { use: 'datasets/digits', trainSize: 100, testSize: 20 },
      layers: { perLayer: { dense_2: { mapping: { use: 'mapping/unary', devices: 2 } } } },
      trainer: { use: 'trainers/sgd', batchSize: 8, epochs: 3 },
    },
  );

test('tiles and devices are those of the arrays', async () => {
  const { matrices, tiles, devices, stepsPerEpoch, epochs } = await estimate(stack(), {
    registry: laboratory(),
  });
  expect(matrices).toMatchObject([
    { name: 'dense_1', inputs: 64, outputs: 12, planes: 2, tiles: 2, rows: 32, devices: 2 * 64 * 12 },
    { name: 'dense_2', inputs: 12, outputs: 10, planes: 4, tiles: 1, devices: 4 * 12 * 10 },
  ]);
  expect([tiles, devices]).toEqual([2 * 2 + 4, 2 * 64 * 12 + 4 * 12 * 10]);
  expect([stepsPerEpoch, epochs]).toEqual([13, 3]);
});

test('memory and time are measured, and what was made is thrown away', async () => {
  const before = tf.memory().numTensors;
  const { bytes, seconds, timedSteps } = await estimate(stack(), { registry: laboratory(), steps: 5 });
  expect(tf.memory().numTensors).toBe(before);
  // At least the state of every device, the digital twin and biases, four bytes each.
  expect(bytes.resident).toBeGreaterThan(4 * (2 * 64 * 12 + 4 * 12 * 10 + 64 * 12 + 120));
  expect(bytes.peak).toBeGreaterThan(bytes.resident);
  expect(timedSteps).toBe(5);
  expect(seconds.step).toBeGreaterThan(0);
  expect(seconds.epoch).toBeCloseTo(13 * seconds.step + seconds.evaluation, 9);
  expect(seconds.run).toBeCloseTo(3 * seconds.epoch, 9);
});
