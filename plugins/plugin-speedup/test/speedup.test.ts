import { describePlugin, describeSpeedupPolicy, make } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { anchored, everyStep, interpolated } from '../src/index.js';

beforeAll(() => tf.setBackend('cpu'));

describePlugin(plugin, { packageJson });
describeSpeedupPolicy(everyStep);
describeSpeedupPolicy(interpolated);
describeSpeedupPolicy(interpolated, { config: { every: 1 } });
describeSpeedupPolicy(interpolated, { config: { every: 7 } });
for (const every of [1, 3, 7]) describeSpeedupPolicy(anchored, { config: { every }, of: 'network' });

describe('anchored', () => {
  const GAIN = 0.5;
  const solve = (g: tf.Tensor4D): tf.Tensor4D => tf.mul(g, GAIN);
  /** The network has 1 S more than the method in each cell, times the step of its solution. */
  const exactAt =
    (step: number) =>
    (g: tf.Tensor4D): tf.Tensor4D =>
      tf.add(tf.mul(g, GAIN), step);

  test('every array keeps the offset of its own last turn, and in K steps each has one', async () => {
    const session = make(anchored, { config: { every: 4 } }).open();
    const g = tf.ones<tf.Rank.R4>([3, 2, 1, 1]);
    const offsets: number[][] = [];
    for (let step = 1; step <= 8; step++) {
      const found = await session.effective(g, step, solve, exactAt(step)).data();
      offsets.push(Array.from(found, (x) => x - GAIN));
    }
    // Six arrays in four turns: two, one, two, one.
    expect(offsets[0]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(offsets[1]).toEqual([1, 1, 1, 2, 2, 1]);
    expect(offsets[2]).toEqual([1, 1, 1, 2, 2, 3]);
    expect(offsets[3]).toEqual([4, 4, 1, 2, 2, 3]);
    expect(offsets[7]).toEqual([8, 8, 5, 6, 6, 7]);
  });

  test('steps that were left out are made up for', async () => {
    const session = make(anchored, { config: { every: 4 } }).open();
    const g = tf.ones<tf.Rank.R4>([2, 2, 1, 1]);
    session.effective(g, 0, solve, exactAt(0)).dispose();
    const found = await session.effective(g, 2, solve, exactAt(2)).data();
    expect(Array.from(found, (x) => x - GAIN)).toEqual([0, 2, 2, 0]);
    const later = await session.effective(g, 9, solve, exactAt(9)).data();
    expect(Array.from(later, (x) => x - GAIN)).toEqual([9, 9, 9, 9]);
  });

  test('without a network to compare with it is the method', async () => {
    const session = make(anchored).open();
    const found = await session.effective(tf.ones([1, 1, 2, 2]), 0, solve).data();
    expect(Array.from(found)).toEqual([GAIN, GAIN, GAIN, GAIN]);
  });
});

describe('interpolated', () => {
  const tensor = (values: number[]): tf.Tensor4D => tf.tensor4d(values, [1, 1, 1, values.length]);
  const GAIN = [0.5, 0.25, 0.75];
  const solve = (g: tf.Tensor4D): tf.Tensor4D => tf.mul(g, tensor(GAIN));
  const open = (every: number) => make(interpolated, { config: { every } }).open();

  test('between two solutions Geff = D·G with the D of the last one, and D = 1 where G was 0', async () => {
    const session = open(3);
    session.effective(tensor([4, 8, 0]), 0, solve).dispose();
    const refuse = (): never => {
      throw new Error('solved too early');
    };
    for (const step of [1, 2]) {
      const found = await session.effective(tensor([8, 4, 2]), step, refuse).data();
      expect(Array.from(found)).toEqual([4, 1, 2]);
    }
    expect(Array.from(await session.effective(tensor([8, 4, 2]), 3, solve).data())).toEqual([4, 1, 1.5]);
  });

  test('solves at step 0, L, 2L, …', () => {
    const session = open(4);
    const solvedAt: number[] = [];
    for (let step = 0; step < 12; step++) {
      session.effective(tensor([1]), step, (g) => {
        solvedAt.push(step);
        return g.clone();
      });
    }
    expect(solvedAt).toEqual([0, 4, 8]);
  });

  test('L = 1 gives at every step what every-step gives', async () => {
    const [one, every] = [open(1), make(everyStep).open()];
    for (let step = 0; step < 5; step++) {
      const g = tensor([step, 1 + step, 2 / (1 + step)]);
      const expected = Array.from(await every.effective(g, step, solve).data());
      expect(Array.from(await one.effective(g, step, solve).data())).toEqual(expected);
    }
  });
});
