import { make, Pupil } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { agad, choppedTikiTaka, residualLearning, tikiTaka, tikiTaka2 } from '../../src/index.js';
import { linesOf } from '../../src/tiki-taka/transfer.js';
import { apart, batch, GRID } from './signals.js';

beforeAll(() => tf.setBackend('cpu'));

const RATE = 0.02;
const STEPS = 40;
/** Floating-point changes of the arrays, so that a reference can follow them. */
const EXACT = { pulses: 'none' };

/** The rows first … first + count − 1 of an 8 × 8 matrix as indices of its cells. */
const cells = ({ first, count }: { first: number; count: number }): number[] =>
  Array.from({ length: 8 * count }, (_, i) => 8 * first + i);

/** Teaches a rule and a reference: `follow` moves fast and slow weights at a step. */
async function compare(
  rule: Parameters<typeof make>[0],
  config: Record<string, unknown>,
  follow: (state: { slow: Float64Array; fast: Float64Array }, gradient: number[], step: number) => void,
  pulseStep = 0.002,
): Promise<{ slow: number; fast: number; pupil: Pupil }> {
  const pupil = new Pupil(make(rule as never, { config }), { grid: GRID, pulseStep });
  const state = { slow: new Float64Array(64), fast: new Float64Array(64) };
  for (let step = 0; step < STEPS; step++) {
    const { x, d, gradient } = batch(step % 5);
    pupil.learn(x, d, RATE);
    follow(state, gradient, step);
  }
  const [slow, fast] = pupil.arrays.map(({ tiles }) => tiles.dataSync());
  return { slow: apart(slow!, state.slow), fast: apart(fast!, state.fast), pupil };
}

describe('lines are transferred in turn', () => {
  test('every so many mini-batches, some at a time, round and round', () => {
    const config = { transferEvery: 2, linesPerTransfer: 3 };
    const turns = Array.from({ length: 8 }, (_, step) => linesOf(step, 8, config));
    expect(turns.map((l) => l && [l.first, l.count, l.number, l.sweep])).toEqual([
      undefined, [0, 3, 0, 0], undefined, [3, 3, 3, 0], undefined, [6, 2, 6, 0], undefined, [0, 3, 9, 1],
    ]); // prettier-ignore
  });
});

test.each([[tikiTaka, 0.5], [residualLearning, 0.1]] as const)('$id: C_k ← C_k + λ A_k, W = C + γ A', async (rule, gamma) => {
  const config = { ...EXACT, gamma, transferRate: 3, linesPerTransfer: 2, fastRate: 0.05 };
  const { slow, fast, pupil } = await compare(rule, config, (s, g, step) => {
    s.fast.forEach((_, i) => (s.fast[i]! -= 0.05 * g[i]!));
    for (const i of cells(linesOf(step, 8, { transferEvery: 1, linesPerTransfer: 2 })!))
      s.slow[i]! += 3 * RATE * s.fast[i]!;
  });
  expect(Math.max(slow, fast)).toBeLessThan(1e-5);
  const [c, a] = pupil.arrays.map(({ tiles }) => tiles.dataSync());
  expect(apart(pupil.tiles.dataSync(), c!.map((w, i) => w + gamma * a![i]!))).toBeLessThan(1e-6); // prettier-ignore
}); // prettier-ignore

/** The buffer of a reference: adds to some cells and gives the slow weights their pulses. */
function buffered(threshold: number, pulses: number, dw: number) {
  const held = new Float64Array(64);
  return (slow: Float64Array, i: number, more: number): void => {
    held[i]! += more;
    const n = Math.min(Math.floor(Math.abs(held[i]!) / (threshold * dw)), pulses) * Math.sign(held[i]!);
    held[i]! -= n * threshold * dw;
    slow[i]! += n * dw;
  };
}

test('version 2: the buffer gives pulses, and keeps the rest', async () => {
  const add = buffered(0.7, 2, 0.002);
  const config = { ...EXACT, threshold: 0.7, pulsesPerTransfer: 2 };
  const { slow, fast, pupil } = await compare(tikiTaka2, config, (s, g, step) => {
    s.fast.forEach((_, i) => (s.fast[i]! -= RATE * g[i]!));
    for (const i of cells(linesOf(step, 8, { transferEvery: 1, linesPerTransfer: 1 })!))
      add(s.slow, i, RATE * s.fast[i]!);
  });
  expect(Math.max(slow, fast)).toBeLessThan(1e-5);
  expect(new Set(pupil.arrays[0]!.asked)).toEqual(new Set(['trains']));
  expect(Math.max(...pupil.arrays[0]!.tiles.abs().dataSync())).toBeGreaterThan(0.002);
});

test('chopped: with choppers that turn at every transfer, signs cancel in what arrives', async () => {
  const add = buffered(1, 1, 0.002);
  const c = new Array<number>(8).fill(1);
  const config = { ...EXACT, chopProbability: 1 };
  const { slow, fast } = await compare(choppedTikiTaka, config, (s, g, step) => {
    s.fast.forEach((_, i) => (s.fast[i]! -= RATE * c[i >> 3]! * g[i]!));
    const lines = linesOf(step, 8, { transferEvery: 1, linesPerTransfer: 1 })!;
    for (const i of cells(lines)) add(s.slow, i, RATE * c[i >> 3]! * s.fast[i]!);
    c[lines.first]! *= -1;
  });
  expect(Math.max(slow, fast)).toBeLessThan(1e-5);
});

test('AGAD: reads against the mean of the period before, with a sign that turns after every two sweeps', async () => {
  const add = buffered(1, 1, 0.002);
  const [mean, reference] = [new Float64Array(64), new Float64Array(64)];
  const config = { ...EXACT, chopEvery: 2, tailWeight: 1, linesPerTransfer: 4 };
  const { slow, fast } = await compare(agad, config, (s, g, step) => {
    // Eight lines, four at a time: a sweep takes two mini-batches.
    const sweep = Math.floor(step / 2);
    const sign = Math.floor(sweep / 2) % 2 === 0 ? 1 : -1;
    s.fast.forEach((_, i) => (s.fast[i]! -= RATE * sign * g[i]!));
    for (const i of cells({ first: (step % 2) * 4, count: 4 })) {
      if (sweep % 2 === 0) reference[i] = mean[i]!;
      add(s.slow, i, RATE * sign * (s.fast[i]! - reference[i]!));
      mean[i]! += 0.5 * (s.fast[i]! - mean[i]!);
    }
  });
  expect(Math.max(slow, fast)).toBeLessThan(1e-5);
});
