import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { labMatrix, values } from '../support/laboratory.js';
import { Z, zOfCorrelation, zOfMean, zOfVariance } from '../support/statistics.js';

beforeAll(async () => {
  const { activateWasm } = await import('@txsim/plugin-backend-wasm');
  await activateWasm();
});

const SIZE = 128;
const GAMMA = 2;
const [G_MIN, G_MAX] = [1e-6, 1e-5];
const RANGE = G_MAX - G_MIN;
/** Requested change of each device, siemens: an eighth of the window, in the middle of it. */
const REQUEST = RANGE / 8;

/** (change − request) / range of 2 · 128² devices of two-sided pairs that start in the middle of the window. */
async function deviations(definition: string, steps = 1): Promise<number[]> {
  const matrix = await labMatrix(tf.zeros([SIZE, SIZE]) as tf.Tensor2D, {
    device: { use: 'device-models/ideal', gMin: G_MIN, gMax: G_MAX },
    mapping: { use: 'mapping', sides: 'two', weightRange: 1 },
    nonIdealities: [{ use: 'write-noise', gamma: GAMMA, definition }],
  });
  // Each device of a pair takes half of ΔW · range.
  const delta = (2 * REQUEST) / RANGE / steps;
  for (let i = 0; i < steps; i++) matrix.update(tf.ones([1, SIZE]), tf.fill([1, SIZE], -delta), 1);
  const middle = (G_MIN + G_MAX) / 2;
  return matrix.state.flatMap((plane, p) =>
    values(plane).map((g) => (g - middle - (p === 0 ? REQUEST : -REQUEST)) / RANGE),
  );
}

describe('n = 32768, ΔG = range/8, γ = 2 %', () => {
  test.each([
    ['txsim', (GAMMA / 100) * Math.sqrt(REQUEST / RANGE)],
    ['pulse-relative', ((GAMMA / 100) * REQUEST) / RANGE],
    ['range-relative', GAMMA / 100],
  ])('%s: mean 0, σ/range = %f', async (definition, sigma) => {
    const sample = await deviations(definition);
    expect(sample).toHaveLength(2 * SIZE * SIZE);
    expect(Math.abs(zOfMean(sample, 0, sigma))).toBeLessThan(Z);
    expect(Math.abs(zOfVariance(sample, 0, sigma))).toBeLessThan(Z);
  });

  test('txsim: the variance of a change does not depend on how many writes it is cut into', async () => {
    const sample = await deviations('txsim', 4);
    expect(Math.abs(zOfVariance(sample, 0, (GAMMA / 100) * Math.sqrt(REQUEST / RANGE)))).toBeLessThan(Z);
  });

  test('neighbouring devices are independent', async () => {
    const sample = await deviations('txsim');
    expect(Math.abs(zOfCorrelation(sample.slice(1), sample.slice(0, -1)))).toBeLessThan(Z);
  });
});

test('a device that is asked for no change keeps its conductance', async () => {
  for (const definition of ['txsim', 'pulse-relative', 'range-relative']) {
    const matrix = await labMatrix(tf.zeros([8, 8]) as tf.Tensor2D, {
      nonIdealities: [{ use: 'write-noise', gamma: 50, definition }],
    });
    const before = matrix.state.map(values);
    matrix.update(tf.ones([1, 8]), tf.zeros([1, 8]), 1);
    expect(matrix.state.map(values)).toEqual(before);
  }
});
