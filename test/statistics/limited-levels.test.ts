import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { gaussian, labMatrix, values } from '../support/laboratory.js';
import { average, Z } from '../support/statistics.js';

beforeAll(async () => {
  const { activateWasm } = await import('@txsim/plugin-backend-wasm');
  await activateWasm();
});

const [G_MIN, G_MAX] = [1e-6, 1e-5];
const LEVELS = 16;
const SIZE = 128;
const position = (g: number): number => ((g - G_MIN) / (G_MAX - G_MIN)) * (LEVELS - 1);
const device = { use: 'device-models/ideal', gMin: G_MIN, gMax: G_MAX };

test('what is programmed is the nearest level', async () => {
  const weights = gaussian([SIZE, SIZE]).mul(0.3).clipByValue(-1, 1) as tf.Tensor2D;
  const arrays = { device, mapping: { use: 'mapping', weightRange: 1 } };
  const exact = await labMatrix(weights, arrays);
  const limited = await labMatrix(weights, {
    ...arrays,
    nonIdealities: [{ use: 'limited-levels', levels: LEVELS }],
  });
  const targets = values(exact.state[0]!).map(position);
  values(limited.state[0]!)
    .map(position)
    .forEach((p, i) => {
      expect(Math.abs(p - Math.round(p))).toBeLessThan(1e-5);
      expect(Math.abs(p - targets[i]!)).toBeLessThan(0.5 + 1e-5);
    });
});

/** Positions after 2 · 128² devices in the middle of the window are asked for `change` levels more or less. */
async function written(rounding: 'nearest' | 'stochastic', change: number): Promise<number[]> {
  const matrix = await labMatrix(tf.zeros([SIZE, SIZE]) as tf.Tensor2D, {
    device,
    mapping: { use: 'mapping', sides: 'two', weightRange: 1 },
    // An odd number of levels: the middle is one.
    nonIdealities: [{ use: 'limited-levels', levels: LEVELS + 1, rounding }],
  });
  matrix.update(tf.ones([1, SIZE]), tf.fill([1, SIZE], (-2 * change) / LEVELS), 1);
  return matrix.state.flatMap((plane, p) => {
    const sign = p === 0 ? 1 : -1;
    return values(plane).map((g) => sign * (((g - G_MIN) / (G_MAX - G_MIN)) * LEVELS - LEVELS / 2));
  });
}

test('nearest: changes below half a level are lost', async () => {
  for (const p of await written('nearest', 0.3)) expect(Math.abs(p)).toBeLessThan(1e-5);
});

test('n = 32768, stochastic: one of the neighbouring levels, with the mean of what was asked', async () => {
  const sample = await written('stochastic', 0.3);
  for (const p of sample) expect(Math.min(Math.abs(p), Math.abs(p - 1))).toBeLessThan(1e-5);
  const z = (average(sample) - 0.3) / Math.sqrt((0.3 * 0.7) / sample.length);
  expect(Math.abs(z)).toBeLessThan(Z);
});
