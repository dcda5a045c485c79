import type { LayerPlace } from '@txsim/core';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { convertToAnalog } from '@txsim/simulator';
import { simulate } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { laboratory, labStack } from '../support/laboratory.js';

beforeAll(activateWasm);

test('who converts a network is told of every layer that has weights and stays digital, by name', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [6, 6, 1], filters: 2, kernelSize: 3 }),
      tf.layers.batchNormalization({ name: 'normal' }),
      tf.layers.conv2dTranspose({ name: 'back', filters: 2, kernelSize: 3 }),
      tf.layers.flatten(),
      tf.layers.dense({ name: 'chosen', units: 2 }),
    ],
  });
  const told: string[] = [];
  await convertToAnalog(model, {}, { exclude: ['chosen'], warn: (message) => void told.push(message) });
  expect(told).toEqual([
    'normal (BatchNormalization) has no analog form and stays digital',
    'back (Conv2DTranspose) has no analog form and stays digital',
  ]);
});

test('a run warns of them, and its reporters learn where every layer is', async () => {
  const stack = labStack(
    {},
    {
      dataset: { use: 'test/clusters', shape: [8, 8, 1], classes: 3, trainSize: 4, testSize: 4 },
      network: { use: 'networks/resnet-20', width: 0.25, blocks: 1 },
      trainer: { use: 'trainers/sgd', learningRate: 0.01, batchSize: 4, epochs: 1 },
    },
  );
  let places: readonly LayerPlace[] = [];
  const { warnings } = await simulate(stack, {
    registry: laboratory(),
    twin: false,
    opened: ({ layers }) => void (places = layers),
  });
  const normal = places.filter(({ kind }) => kind === 'BatchNormalization').map(({ layer }) => layer);
  expect(normal.length).toBeGreaterThan(5);
  expect(warnings).toEqual(
    normal.map((name) => `@txsim/layers: ${name} (BatchNormalization) has no analog form and stays digital`),
  );
  const onArrays = places.filter(({ matrices }) => matrices.length > 0);
  expect(new Set(onArrays.map(({ kind }) => kind))).toEqual(new Set(['Conv2D', 'Dense']));
  expect(onArrays.at(-1)).toEqual({
    layer: 'logits',
    kind: 'Dense',
    matrices: ['logits'],
    digital: ['bias'],
  });
});
