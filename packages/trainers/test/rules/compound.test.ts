import { make, Pupil } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { periodicCarry, severalDevices } from '../../src/index.js';
import { apart, batch, GRID } from './signals.js';

beforeAll(() => tf.setBackend('cpu'));

const RATE = 0.02;
const STEPS = 12;

/** Weights after some mini-batches of floating-point changes, and those of plain gradient descent. */
function taught(
  rule: Parameters<typeof make>[0],
  config: Record<string, unknown>,
): { pupil: Pupil; error: number } {
  const pupil = new Pupil(make(rule as never, { config: { pulses: 'none', ...config } }), { grid: GRID });
  const expected = new Float64Array(64);
  for (let step = 0; step < STEPS; step++) {
    const { x, d, gradient } = batch(step);
    pupil.learn(x, d, RATE);
    gradient.forEach((g, i) => (expected[i]! -= RATE * g));
  }
  return { pupil, error: apart(pupil.tiles.dataSync(), expected) };
}

test.each(['all', 'sequential', 'random'])('several devices, %s: the weight goes down the gradient as one device would', (policy) => {
  const { pupil, error } = taught(severalDevices, { policy, significances: [1, 0.25, 2] });
  expect(error).toBeLessThan(1e-5);
  const asked = pupil.arrays.map((arrays) => arrays.asked.length);
  if (policy === 'all') expect(asked).toEqual([STEPS, STEPS, STEPS]);
  if (policy === 'sequential') expect(asked).toEqual([STEPS / 3, STEPS / 3, STEPS / 3]);
  expect(asked.reduce((a, b) => a + b)).toBe(policy === 'all' ? 3 * STEPS : STEPS);
}); // prettier-ignore

test('periodic carry: the weight is that of gradient descent, and the lowest digit stays small', () => {
  const { pupil, error } = taught(periodicCarry, { digits: 3, base: 4, carryEvery: 1, threshold: 0.3 });
  expect(error).toBeLessThan(1e-5);
  const [high, , low] = pupil.arrays.map(({ tiles }) => Math.max(...tiles.abs().dataSync()));
  expect(low).toBeLessThanOrEqual(0.3);
  expect(high).toBeGreaterThan(0);
});
