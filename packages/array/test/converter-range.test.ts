import type { FullScale } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { ConverterRange } from '../src/converter-range.js';

beforeAll(() => tf.setBackend('cpu'));

const MAXIMAL = 8;
const STEP = 0.5;
const rangeOf = (fullScale: FullScale): ConverterRange =>
  new ConverterRange({ fullScale, convert: (current) => current }, MAXIMAL, () => STEP);
const calibrated = (q: number): ConverterRange => rangeOf({ kind: 'calibrated', quantile: q, every: 1 });
const valueOf = async (range: ConverterRange): Promise<number> => (await range.fullScale.data())[0]!;

/** Lets a range see some currents. */
async function observed(range: ConverterRange, ...batches: number[][]): Promise<number> {
  range.observe();
  for (const batch of batches) range.record(tf.tensor1d(batch));
  await range.settle();
  return valueOf(range);
}

describe('full scale', () => {
  test('that is fixed is what it is, whatever is seen', async () => {
    const range = rangeOf({ kind: 'fixed', amperes: 3 });
    expect(await valueOf(range)).toBe(3);
    expect(await observed(range, [100])).toBe(3);
    expect(range.observing).toBe(false);
  });

  test('that is maximal is the current of all devices at gMax', async () => {
    expect(await observed(rangeOf({ kind: 'maximal' }), [100])).toBe(MAXIMAL);
  });

  test('that is granular is so many of the smallest steps', async () => {
    expect(await observed(rangeOf({ kind: 'granular', levels: 7 }), [100])).toBe(7 * STEP);
  });

  test('that is calibrated is the maximal one until something was seen', async () => {
    const range = calibrated(1);
    expect(await valueOf(range)).toBe(MAXIMAL);
    expect(await observed(range)).toBe(MAXIMAL);
  });

  test('that is calibrated is the quantile of |current| over all that was seen', async () => {
    expect(await observed(calibrated(1), [1, -5], [2, 0.5])).toBe(5);
    expect(await observed(calibrated(0.75), [1, -5, 2], [3, -4])).toBe(4);
  });

  test('is not calibrated on silence', async () => {
    expect(await observed(calibrated(1), [0, 0, 0])).toBe(MAXIMAL);
  });

  test('is that of the last calibration alone', async () => {
    const range = calibrated(1);
    await observed(range, [5]);
    expect(await observed(range, [2])).toBe(2);
  });
});

test('it observes between observe and settle, and only then', async () => {
  const range = calibrated(1);
  range.record(tf.tensor1d([100]));
  expect(range.observing).toBe(false);
  range.observe();
  expect(range.observing).toBe(true);
  range.observe();
  range.record(tf.tensor1d([3]));
  await range.settle();
  expect(range.observing).toBe(false);
  expect(await valueOf(range)).toBe(3);
});

test('it leaves no tensors', async () => {
  const before = tf.memory().numTensors;
  const range = calibrated(0.9);
  const currents = tf.tensor1d([1, 2, 3]);
  range.observe();
  range.record(currents);
  await range.settle();
  range.observe();
  range.record(currents);
  range.dispose();
  currents.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
