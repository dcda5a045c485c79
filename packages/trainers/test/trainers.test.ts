import type { TrainableModel } from '@txsim/core';
import { planeShape, toTiles } from '@txsim/ops';
import {
  describePlugin,
  describeTrainer,
  describeUpdateRule,
  make,
  normalNumbers,
  Pupil,
} from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, {
  adam,
  agad,
  choppedTikiTaka,
  mixedPrecision,
  momentum,
  neurosim,
  outerProduct,
  periodicCarry,
  pulsedSgd,
  residualLearning,
  severalDevices,
  sgd,
  tikiTaka,
  tikiTaka2,
} from '../src/index.js';

beforeAll(() => tf.setBackend('cpu'));

describePlugin(plugin, { packageJson });
describeUpdateRule(outerProduct);
describeUpdateRule(pulsedSgd);
describeUpdateRule(pulsedSgd, { config: { application: 'aggregated', manageUpdate: false } });
describeUpdateRule(pulsedSgd, { config: { pulses: 'mean-count', manageBitLength: false } });
describeUpdateRule(pulsedSgd, { config: { pulses: 'deterministic-implicit', bitLength: 10 } });
describeUpdateRule(pulsedSgd, { config: { pulses: 'none' } });
describeUpdateRule(momentum);
describeUpdateRule(adam, { config: { verify: 2 } });
describeUpdateRule(neurosim, { batches: 3 });
describeUpdateRule(mixedPrecision);
describeUpdateRule(mixedPrecision, { config: { writeEvery: 3 } });
describeUpdateRule(tikiTaka, { config: { transferRate: 5, linesPerTransfer: 4 } });
describeUpdateRule(tikiTaka2, { config: { threshold: 0.5 } });
describeUpdateRule(choppedTikiTaka, { config: { threshold: 0.5, transferEvery: 2, linesPerTransfer: 5 } });
describeUpdateRule(agad, { config: { threshold: 0.5, chopEvery: 2, linesPerTransfer: 13 } });
describeUpdateRule(residualLearning);
describeUpdateRule(severalDevices, { config: { significances: [1, 0.5, 2], policy: 'random' } });
describeUpdateRule(severalDevices, { config: { policy: 'all', pulses: 'none' } });
describeUpdateRule(periodicCarry, { config: { carryEvery: 3, threshold: 0.1 } });
describeTrainer(sgd);
describeTrainer(sgd, { config: { learningRate: 0.5, batchSize: 3, epochs: 0 } });
describeTrainer(sgd, { config: { decay: { every: 2 } } });

test('a step decay takes its factor off the rate every so many epochs, digital and on arrays', () => {
  const learner = make(sgd, { config: { learningRate: 0.4, decay: { every: 2, factor: 0.25 } } });
  const bias = tf.variable(tf.scalar(0));
  const rates: number[] = [];
  const matrix = { update: (_x: unknown, _d: unknown, rate: number) => void rates.push(rate) };
  const nothing = { x: tf.zeros([1]), d: tf.zeros([1]), drivenBackward: false };
  const pass = () => ({
    loss: tf.scalar(0),
    gradients: { [bias.name]: tf.scalar(-1) },
    signals: [{ matrix, ...nothing }],
  });
  const moved = [0, 1, 2, 3, 4].map((epoch) => {
    const before = bias.dataSync()[0]!;
    learner.step({ pass } as unknown as TrainableModel, () => tf.scalar(0), epoch);
    return bias.dataSync()[0]! - before;
  });
  const wanted = [0.4, 0.4, 0.1, 0.1, 0.025];
  expect(rates).toEqual(wanted);
  moved.forEach((change, i) => expect(change).toBeCloseTo(wanted[i]!, 6));
});

test('the outer product asks for ΔW = −rate · Σ x ⊗ d, in the layout of the tiles', async () => {
  const grid = { inputs: 9, outputs: 5, tileRows: 2, tileColumns: 1, rows: 8, columns: 8 };
  const x = tf.tensor2d(normalNumbers(4 * 9, 1), [4, 9]);
  const d = tf.tensor2d(normalNumbers(4 * 5, 2), [4, 5]);
  const pupil = new Pupil(make(outerProduct), { grid });
  pupil.learn(x, d, 0.25);
  const expected = await toTiles(tf.mul(tf.matMul(x, d, true, false), -0.25), grid).data();
  expect(pupil.arrays[0]!.asked).toEqual(['delta']);
  expect(pupil.tiles.shape).toEqual(planeShape(grid));
  (await pupil.tiles.data()).forEach((v, i) => expect(Math.abs(v - expected[i]!)).toBeLessThan(1e-5));
});
