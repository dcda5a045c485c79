import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { LossMeter } from '../../src/training/loss-meter.js';

beforeAll(() => tf.setBackend('cpu'));

const WINDOW = 5;

/** The means of windows and of the epoch, where the state is also looked at after some of the losses. */
async function means(losses: readonly number[], looks: ReadonlySet<number>, restart?: number) {
  let meter = new LossMeter();
  const windows: number[] = [];
  for (let i = 0; i < losses.length; i++) {
    meter.add(tf.scalar(losses[i]!));
    if (looks.has(i)) await meter.state();
    if (i === restart) meter = new LossMeter(await meter.state());
    if ((i + 1) % WINDOW === 0) windows.push(await meter.window());
  }
  return { windows, epoch: await meter.epoch() };
}

const losses = fc.array(fc.float({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 23 });

test('means do not depend on when the meter is read, nor on a checkpoint in between', async () => {
  await fc.assert(
    fc.asyncProperty(losses, fc.array(fc.nat(22)), fc.nat(22), async (all, looks, restart) => {
      const expected = await means(all, new Set());
      expect(await means(all, new Set(looks))).toEqual(expected);
      expect(await means(all, new Set(), restart)).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test('a window is the mean since the last one, an epoch that of all', async () => {
  const { windows, epoch } = await means([1, 2, 3, 4, 5, 6, 7, 8, 9, 20], new Set());
  expect(windows).toEqual([3, 10]);
  expect(epoch).toBe(6.5);
});

test('reading disposes the losses', async () => {
  const before = tf.memory().numTensors;
  const meter = new LossMeter();
  for (let i = 0; i < 3; i++) meter.add(tf.scalar(i));
  await meter.window();
  expect(tf.memory().numTensors).toBe(before);
});
