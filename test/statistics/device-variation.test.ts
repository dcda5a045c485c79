import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { labMatrix, values } from '../support/laboratory.js';
import { Z, zOfCorrelation, zOfMean, zOfVariance } from '../support/statistics.js';

beforeAll(async () => {
  const { activateWasm } = await import('@txsim/plugin-backend-wasm');
  await activateWasm();
});

const SIGMA = 0.1;
const SIZE = 128;
const weights = () => tf.fill([SIZE, SIZE], 0.5) as tf.Tensor2D;

/** What each of the 2 · 128² devices conducts, over what it holds. */
async function factors(
  nonIdealities: { use: string; [key: string]: unknown }[],
  seed = 1,
): Promise<number[][]> {
  const matrix = await labMatrix(weights(), { nonIdealities }, { seed });
  return matrix.conducting().map((g, p) => values(tf.div(g, matrix.state[p]!)));
}

test('n = 32768: the factor is N(1, σ)', async () => {
  const sample = (await factors([{ use: 'device-variation', sigma: SIGMA }])).flat();
  expect(sample).toHaveLength(2 * SIZE * SIZE);
  expect(Math.abs(zOfMean(sample, 1, SIGMA))).toBeLessThan(Z);
  expect(Math.abs(zOfVariance(sample, 1, SIGMA))).toBeLessThan(Z);
});

test('n = 32768: the logarithm of a log-normal factor is N(0, σ)', async () => {
  const all = (await factors([{ use: 'device-variation', sigma: SIGMA, distribution: 'lognormal' }])).flat();
  const sample = all.map(Math.log);
  expect(Math.abs(zOfMean(sample, 0, SIGMA))).toBeLessThan(Z);
  expect(Math.abs(zOfVariance(sample, 0, SIGMA))).toBeLessThan(Z);
});

test('n = 16384: the two devices of a pair, and two seeds, are independent', async () => {
  const [positive, negative] = await factors([{ use: 'device-variation' }]);
  const [other] = await factors([{ use: 'device-variation' }], 2);
  expect(Math.abs(zOfCorrelation(positive!, negative!))).toBeLessThan(Z);
  expect(Math.abs(zOfCorrelation(positive!, other!))).toBeLessThan(Z);
});

test('a device keeps its factor when it is written, and other non-idealities do not change it', async () => {
  const matrix = await labMatrix(weights(), { nonIdealities: [{ use: 'device-variation' }] });
  const factor = (): number[] => values(tf.div(matrix.conducting()[0]!, matrix.state[0]!));
  const before = factor();
  matrix.update(tf.ones([1, SIZE]), tf.fill([1, SIZE], -0.1), 1);
  factor().forEach((f, i) => expect(Math.abs(f - before[i]!)).toBeLessThan(1e-6));
  const [withNoise] = await factors([{ use: 'write-noise' }, { use: 'device-variation' }]);
  withNoise!.forEach((f, i) => expect(Math.abs(f - before[i]!)).toBeLessThan(1e-6));
});
