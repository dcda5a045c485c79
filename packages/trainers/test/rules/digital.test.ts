import { make, Pupil } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { adam, mixedPrecision, momentum, neurosim } from '../../src/index.js';
import { apart, batch, GRID } from './signals.js';

beforeAll(() => tf.setBackend('cpu'));

const STEPS = 12;
const RATE = 0.03;

/** Weights after some mini-batches, and what a float64 reference makes of the same gradients. */
async function both(
  rule: Parameters<typeof make>[0],
  config: Record<string, unknown>,
  reference: (w: Float64Array, g: number[], t: number) => void,
  options: Partial<ConstructorParameters<typeof Pupil>[1]> = {},
): Promise<{ pupil: Pupil; found: Float32Array; expected: Float64Array }> {
  const pupil = new Pupil(make(rule as never, { config }), { grid: GRID, ...options });
  const expected = new Float64Array(64);
  for (let t = 0; t < STEPS; t++) {
    const { x, d, gradient } = batch(t);
    pupil.learn(x, d, RATE);
    reference(expected, gradient, t);
  }
  return { pupil, found: (await pupil.tiles.data()) as Float32Array, expected };
}

test('momentum is that of a float64 reference', async () => {
  const m = new Float64Array(64);
  const { found, expected } = await both(momentum, { momentum: 0.8 }, (w, g) =>
    w.forEach((_, i) => (w[i]! -= RATE * (m[i] = 0.8 * m[i]! + g[i]!))),
  );
  expect(apart(found, expected)).toBeLessThan(1e-5);
});

test('Adam is that of a float64 reference', async () => {
  const [m, v] = [new Float64Array(64), new Float64Array(64)];
  const { found, expected } = await both(adam, { beta1: 0.9, beta2: 0.99 }, (w, g, t) =>
    w.forEach((_, i) => {
      m[i] = 0.9 * m[i]! + 0.1 * g[i]!;
      v[i] = 0.99 * v[i]! + 0.01 * g[i]! ** 2;
      const [first, second] = [m[i]! / (1 - 0.9 ** (t + 1)), v[i]! / (1 - 0.99 ** (t + 1))];
      w[i]! -= (RATE * first) / (Math.sqrt(second) + 1e-7);
    }),
  );
  expect(apart(found, expected)).toBeLessThan(1e-5);
});

test.each([1, 4])('mixed precision, writing every %i: no pulse is lost, however many a write needs: Σ pulses · dw + χ is all that was asked for', async (writeEvery) => {
  // A step so small that one write needs far more than 31 pulses.
  const pulseStep = 1e-4;
  const { pupil, found, expected } = await both(
    mixedPrecision,
    { writeEvery },
    (w, g) => w.forEach((_, i) => (w[i]! -= RATE * g[i]!)),
    { pulseStep },
  );
  const chi = await pupil.memory.get('chi')!.data();
  expect(apart(found.map((w, i) => w + chi[i]!), expected)).toBeLessThan(1e-5); // prettier-ignore
  for (const c of chi) expect(Math.abs(c)).toBeLessThan(pulseStep * 1.01);
  for (const w of found) expect(Math.abs(w / pulseStep - Math.round(w / pulseStep))).toBeLessThan(0.01);
  expect(pupil.arrays[0]!.asked.length).toBe(STEPS / writeEvery);
}); // prettier-ignore

test('NeuroSim: whole pulses of 1/97 up and 1/100 down of the window, less than half of one is lost', async () => {
  const states = { up: 97, down: 100 };
  const { found, expected } = await both(
    neurosim,
    {},
    (w, g) =>
      w.forEach((_, i) => {
        const change = -RATE * g[i]!;
        const p = change > 0 ? states.up : states.down;
        w[i]! += (Math.sign(change) * Math.floor((Math.abs(change) / 2) * p + 0.5) * 2) / p;
      }),
    { states },
  );
  // A pulse may fall to the other side of one half by rounding: not with these numbers.
  expect(apart(found, expected)).toBeLessThan(1e-5);
});

test('NeuroSim refuses devices without states', () => {
  expect(() => new Pupil(make(neurosim), { grid: GRID, pulseStep: 0.01 })).toThrow(/UPDATE_UNSUPPORTED/);
});
