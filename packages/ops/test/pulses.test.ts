import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  add,
  burst,
  countCoincidences,
  countProducts,
  evaluate,
  input,
  multiply,
  normal,
  pulsedUpdate,
  pulseTrains,
  randomStream,
  select,
  subtract,
  UP,
  withoutNoise,
  type PulseProgram,
  type TileGrid,
} from '../src/index.js';
import { cellOf, grids } from './support/grids.js';
import { LIMIT, zOfMean } from './support/statistics.js';
import { uniforms } from './support/numbers.js';

beforeAll(() => tf.setBackend('cpu'));

const trains = (values: tf.Tensor2D, scale: number, slots: number, first = 0, name = 'x'): Promise<Int32Array> =>
  pulseTrains(values, tf.scalar(scale), tf.scalar(slots), randomStream(1, name), first).data() as Promise<Int32Array>; // prettier-ignore
const bit = (train: number, slot: number): number => (train >> slot) & 1;

describe('stochastic trains', () => {
  const SAMPLES = 400;
  const p = [0.001, 0.1, 0.5, 0.9];

  test(`fire with probability min(scale · |v|, 1) in each slot, independently of other slots and lines, ${SAMPLES} samples`, async () => {
    const values = tf.tile(tf.tensor2d([[...p.map((v) => v / 2), 5]]), [SAMPLES, 1]) as tf.Tensor2D;
    const made = await trains(values, 2, 20);
    const fires = (s: number, line: number, slot: number): number => bit(made[s * 5 + line]!, slot);
    const n = SAMPLES * 20;
    p.forEach((v, line) => {
      const z = zOfMean(n, (i) => fires(Math.floor(i / 20), line, i % 20), v, v * (1 - v));
      expect(Math.abs(z)).toBeLessThan(LIMIT);
    });
    // Neighbouring slots of one line, and the same slot of two lines.
    const [a, b] = [0.5, 0.9];
    const slots = zOfMean(n / 2, (i) => (fires(Math.floor(i / 10), 2, 2 * (i % 10)) - a) * (fires(Math.floor(i / 10), 2, 2 * (i % 10) + 1) - a), 0, (a * (1 - a)) ** 2); // prettier-ignore
    const lines = zOfMean(n, (i) => (fires(Math.floor(i / 20), 2, i % 20) - a) * (fires(Math.floor(i / 20), 3, i % 20) - b), 0, a * (1 - a) * b * (1 - b)); // prettier-ignore
    expect(Math.abs(slots)).toBeLessThan(LIMIT);
    expect(Math.abs(lines)).toBeLessThan(LIMIT);
    for (let s = 0; s < SAMPLES; s++) expect(made[s * 5 + 4]).toBe(2 ** 20 - 1);
  });

  test('no slot fires beyond the bit length, and the sign bit is the sign of the value', async () => {
    const made = await trains(tf.tensor2d([[1, -1, 0.5, -0.5]]), 1, 7);
    expect(made[0]).toBe(127);
    expect(made[1]).toBe(127 - 2 ** 31);
    expect(made[2]! >= 0 && made[2]! < 128).toBe(true);
    expect(made[3]! < 0 && made[3]! + 2 ** 31 < 128).toBe(true);
  });

  test('are those of their samples: cutting a batch changes nothing', async () => {
    const values = tf.tensor2d(uniforms('values', 70 * 3), [70, 3]);
    const whole = await trains(values, 1, 31, 20);
    for (const [from, to] of [[0, 1], [1, 12], [12, 50], [50, 70]] as const) {
      const part = await trains(values.slice(from, to - from), 1, 31, 20 + from);
      expect(Array.from(part)).toEqual(Array.from(whole.slice(3 * from, 3 * to)));
    } // prettier-ignore
  });

  test(`devices of a line are correlated, since they share its train: covariance p_x(1 − p_x)p_d² · BL, ${SAMPLES * 20} slots`, async () => {
    const lines = (value: number, count: number): tf.Tensor2D => tf.fill([SAMPLES, count], value) as tf.Tensor2D; // prettier-ignore
    const x = await trains(lines(0.4, 1), 1, 20, 0, 'rows');
    const d = await trains(lines(0.5, 2), 1, 20, 0, 'columns');
    const pulse = (i: number, column: number): number => {
      const [s, t] = [Math.floor(i / 20), i % 20];
      return bit(x[s]!, t) & bit(d[2 * s + column]!, t);
    };
    const both = 0.4 * 0.25;
    const z = zOfMean(SAMPLES * 20, (i) => pulse(i, 0) * pulse(i, 1), both, both * (1 - both));
    expect(Math.abs(z)).toBeLessThan(LIMIT);
  });
});

/** int32 words of all bit patterns. */
const words = (count: number, name: string): Int32Array =>
  Int32Array.from(uniforms(name, count), (u, i) => Math.imul(Math.floor(u * 2 ** 32), 2 * i + 1) | 0);
const onesOf = (word: number): number => {
  let n = 0;
  for (let t = 0; t < 31; t++) n += bit(word, t);
  return n;
};

test('coincidences are slots in which row and column fire, up where the signs differ', async () => {
  await fc.assert(
    fc.asyncProperty(grids, fc.integer({ min: 0, max: 4 }), async (grid, batch) => {
      const [x, d] = [words(batch * grid.inputs, 'x'), words(batch * grid.outputs, 'd')];
      const tensor = (v: Int32Array, n: number): tf.Tensor2D => tf.tensor2d(v, [batch, n], 'int32');
      const found = countCoincidences(tensor(x, grid.inputs), tensor(d, grid.outputs), grid);
      const [up, down] = [await found.up.data(), await found.down.data()];
      const expected = [new Array<number>(up.length).fill(0), new Array<number>(up.length).fill(0)];
      for (let b = 0; b < batch; b++)
        for (let i = 0; i < grid.inputs; i++)
          for (let j = 0; j < grid.outputs; j++) {
            const [r, c] = [x[b * grid.inputs + i]!, d[b * grid.outputs + j]!];
            expected[r < 0 === c < 0 ? 1 : 0]![cellOf(grid, i, j)]! += onesOf(r & c & 0x7fffffff);
          }
      expect([Array.from(up), Array.from(down)]).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

test('counted products are rounded to even, sample by sample', async () => {
  const grid: TileGrid = { inputs: 2, outputs: 2, tileRows: 1, tileColumns: 1, rows: 2, columns: 2 };
  const x = tf.tensor2d([[10, 3], [1, 0]]); // prettier-ignore
  const d = tf.tensor2d([[0.5, -0.5], [1.5, -2.5]]); // prettier-ignore
  const { up, down } = countProducts(x, d, tf.scalar(1), grid);
  // 5, 1.5 → 2 and, in the second sample, 1.5 → 2; 5, 1.5 → 2 and 2.5 → 2 the other way.
  expect(Array.from(await down.data())).toEqual([7, 0, 2, 0]);
  expect(Array.from(await up.data())).toEqual([0, 7, 0, 2]);
});

describe('updates', () => {
  const grid: TileGrid = { inputs: 1, outputs: 1, tileRows: 1, tileColumns: 1, rows: 1, columns: 1 };
  const w = (value: number): tf.Tensor4D => tf.tensor4d([value], [1, 1, 1, 1]);
  const softBounds: PulseProgram = {
    state: ['w'],
    next: [add(input('w'), multiply(0.01 / 0.6, subtract(select(input(UP), 0.6, -0.6), input('w'))))],
  };
  const train = (slots: number, sign: 1 | -1): tf.Tensor2D =>
    tf.tensor2d([2 ** slots - 1 - (sign < 0 ? 2 ** 31 : 0)], [1, 1], 'int32');
  const noise = { draw: 0, streams: (name: string) => randomStream(1, name) };

  test('soft bounds, dw .01, ±.6: 25 up and 10 down are the closed form b − (b − w)(1 − a/b)^n', async () => {
    const up = pulsedUpdate(train(25, -1), train(25, 1), { w: w(0) }, softBounds, grid, noise)[0]!;
    const q = 1 - 0.01 / 0.6;
    const raised = 0.6 - 0.6 * q ** 25;
    expect((await up.data())[0]).toBeCloseTo(raised, 6);
    const down = pulsedUpdate(train(10, 1), train(31, 1), { w: up }, softBounds, grid, noise)[0]!;
    expect((await down.data())[0]).toBeCloseTo(-0.6 + (raised + 0.6) * q ** 10, 6);
  });

  test('every pulse draws anew: 31 samples of one pulse and one sample of 31 pulses draw different numbers', async () => {
    const walk: PulseProgram = { state: ['w'], next: [add(input('w'), normal('c2c'))] };
    const many = tf.tile(train(1, 1), [31, 1]);
    const apart = pulsedUpdate(many, many, { w: w(0) }, walk, grid, noise)[0]!;
    const together = pulsedUpdate(train(31, 1), train(31, 1), { w: w(0) }, walk, grid, noise)[0]!;
    const one = pulsedUpdate(train(1, 1), train(1, 1), { w: w(0) }, walk, grid, noise)[0]!;
    const values = await tf.stack([apart, together, tf.mul(one, 31)]).data();
    expect(new Set(values).size).toBe(3);
    for (const v of values.slice(0, 2)) expect(Math.abs(v) / Math.sqrt(31)).toBeLessThan(LIMIT);
  });

  test('a burst is n mean steps, with noise of n pulses, and off by n(n − 1)/2 · step · ∂step/∂g', async () => {
    const toBound = multiply(0.01 / 0.6, subtract(0.6, input('w')));
    const pulse = add(input('w'), multiply(toBound, add(1, multiply(0.3, normal('c2c')))));
    const quiet = withoutNoise(burst(pulse, input('w'), input('n')));
    const n = 9;
    const value = (await evaluate(quiet, { w: tf.scalar(0.1), n: tf.scalar(n) }, []).data())[0]!;
    const exact = 0.6 - 0.5 * (1 - 0.01 / 0.6) ** n;
    const step = (0.01 / 0.6) * 0.5;
    const stated = ((n * (n - 1)) / 2) * step * (0.01 / 0.6);
    expect(value).toBeCloseTo(0.1 + n * step, 6);
    // The next term of the binomial series is smaller by (n − 2)/3 · .01/.6.
    expect(Math.abs(value - exact - stated)).toBeLessThan(stated * ((n - 2) / 3) * (0.01 / 0.6) + 1e-7);
    const cells = 20_000;
    const spread = tf.tensor1d(new Float32Array(cells).fill(0.1));
    const noisy = await evaluate(burst(pulse, input('w'), input('n')), { w: spread, n: tf.scalar(n) }, [cells], noise).data(); // prettier-ignore
    const sigma = 0.3 * step * Math.sqrt(n);
    expect(Math.abs(zOfMean(cells, (i) => (noisy[i]! - value) ** 2, sigma ** 2, 2 * sigma ** 4))).toBeLessThan(LIMIT); // prettier-ignore
  });
});
