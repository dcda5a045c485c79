import type { Stack } from '@txsim/core';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { laboratory, labStack } from '../../../test/support/laboratory.js';
import { imageStack, peakOfRun } from '../../../test/support/peak-of-run.js';
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
    { name: 'dense_1', inputs: 64, outputs: 12, planes: 2, tiles: 4, rows: 32, devices: 2 * 64 * 12 },
    { name: 'dense_2', inputs: 12, outputs: 10, planes: 4, tiles: 4, devices: 4 * 12 * 10 },
  ]);
  expect([tiles, devices]).toEqual([4 + 4, 2 * 64 * 12 + 4 * 12 * 10]);
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

const images = (network: Stack['network'], batchSize: number): Stack =>
  imageStack(network, [16, 16, 3], { batchSize, train: 12 * batchSize, test: 50 });

/** Two convolutions whose weights lie on four slices; 64 reads of each vector, and ranges that are calibrated. */
const serial = (): Stack =>
  labStack(
    {
      mapping: { use: 'mapping/bit-slicing', cellBits: 2, slices: 4, subtract: 'digital' },
      dac: { use: 'circuit-models/serial-dac', bits: 8 },
      adc: { use: 'circuit-models/uniform-adc', range: { calibrate: 0.999, every: 5 } },
    },
    {
      backend: 'wasm',
      dataset: { use: 'test/clusters', shape: [16, 16, 1], classes: 10, trainSize: 12 * 16, testSize: 50 },
      network: { use: 'networks/lenet-5', filters: [8, 8], units: [16] },
      trainer: { use: 'trainers/sgd', batchSize: 16, epochs: 1, learningRate: 0.01 },
    },
  );

describe('the fullest moment of a run of many steps is as told, to 20 %', () => {
  test.each([
    ['activations', () => images({ use: 'networks/resnet-20', width: 0.25, blocks: 1 }, 16)],
    ['devices', () => images({ use: 'networks/vgg-8', width: 0.125, units: [256] }, 2)],
    ['bit-serial reads', serial],
  ])('of a network whose memory is that of %s', async (_, stackOf) => {
    const { told, bytes } = await peakOfRun(stackOf());
    expect(bytes / told.bytes.peak).toBeGreaterThan(0.8);
    expect(bytes / told.bytes.peak).toBeLessThan(1.2);
  });

  test('what takes memory of bit-serial reads is what calibration holds: a fixed range takes less than half', async () => {
    const stack = serial();
    const fixed = { ...stack, stack: { ...stack.stack, adc: { use: 'circuit-models/uniform-adc', range: 1e-5 } } }; // prettier-ignore
    const { told, bytes } = await peakOfRun(fixed);
    expect(bytes / told.bytes.peak).toBeCloseTo(1, 1);
    const calibrated = await estimate(stack, { registry: laboratory(), twin: false, steps: 1 });
    expect(told.bytes.peak).toBeLessThan(calibrated.bytes.peak / 2);
  });
});
