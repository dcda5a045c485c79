import {
  add,
  clamp,
  countCoincidences,
  countCoincidencesReference,
  countProducts,
  countProductsReference,
  input,
  less,
  multiply,
  normal,
  planeShape,
  pulsedUpdate,
  pulseTrains,
  randomStream,
  select,
  subtract,
  uniform,
  UP,
  type Draw,
  type PulseProgram,
  type TileGrid,
} from '@txsim/ops';
import { tileGrids } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { expectClose, numbers, onBoth, runs } from './support.js';

beforeAll(activateWasm);

const grid = tileGrids(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(16, 21)));
const batch = fc.oneof(fc.constantFrom(0, 1), fc.integer({ min: 2, max: 6 }));
const firstSample = fc.oneof(fc.nat(70), fc.constant(2 ** 34 + 31));
const seed = fc.nat(1000);

const matrix = (rows: number, columns: number, of: number): tf.Tensor2D =>
  tf.tensor2d(numbers(rows * columns, of), [rows, columns]);

/** Trains of random bits: dense, so that many slots coincide. */
const trains = (rows: number, columns: number, of: number, slots = 2 ** 31 - 1): tf.Tensor2D =>
  tf.tensor2d(
    Int32Array.from(numbers(rows * columns, of, -1, 1), (v, i) => {
      const bits = (Math.imul(Math.round(v * 2 ** 31), 0x9e3779b1) ^ Math.imul(i + 1, 0x85ebca6b)) & slots;
      return v < 0 ? bits | (1 << 31) : bits;
    }),
    [rows, columns],
    'int32',
  );

const noise = (draw: number): Draw => ({ draw, streams: (name) => randomStream(3, name) });

describe('trains', () => {
  test('are those of the reference, bit for bit', async () => {
    const lines = fc.integer({ min: 1, max: 21 });
    const scale = fc.constantFrom(0, 1e-3, 0.4, 1, 3);
    const slots = fc.integer({ min: 0, max: 31 });
    await fc.assert(
      fc.asyncProperty(batch, lines, scale, slots, firstSample, async (b, n, a, bl, first) => {
        const { ours, reference } = await onBoth(() =>
          pulseTrains(matrix(b, n, 5), tf.scalar(a), tf.scalar(bl), randomStream(1, 'trains'), first),
        );
        expect(Array.from(ours)).toEqual(Array.from(reference));
      }),
      runs(60),
    );
  });

  test('values that stand for certainty fire in every slot, and no value in none', async () => {
    await tf.setBackend('wasm');
    const made = pulseTrains(
      tf.tensor2d([[1, -1, 0, 7]]),
      tf.scalar(1),
      tf.scalar(5),
      randomStream(1, 'x'),
      0,
    );
    expect(Array.from(await made.data())).toEqual([31, 31 - 2 ** 31, 0, 31]);
  });
});

describe('counts', () => {
  test('of coincidences equal the reference on any grid', async () => {
    await fc.assert(
      fc.asyncProperty(grid, fc.oneof(batch, fc.constant(40)), seed, async (g, b, s) => {
        for (const side of ['up', 'down'] as const) {
          const [x, d] = [() => trains(b, g.inputs, s + 1), () => trains(b, g.outputs, s + 2)];
          const { ours, reference } = await onBoth(() =>
            tf.getBackend() === 'wasm'
              ? countCoincidences(x(), d(), g)[side]
              : countCoincidencesReference(x(), d(), g)[side === 'up' ? 0 : 1]!,
          );
          expect(Array.from(ours)).toEqual(Array.from(reference));
        }
      }),
      runs(40),
    );
  });

  test('of products equal the reference on any grid, halves too', async () => {
    await fc.assert(
      fc.asyncProperty(grid, batch, fc.constantFrom(1, 2, 10), async (g, b, divisor) => {
        // Eighths, so that halves are among the quotients.
        const eighths = (t: tf.Tensor2D): tf.Tensor2D => tf.div(tf.round(tf.mul(t, 16)), 4);
        const [x, d] = [() => eighths(matrix(b, g.inputs, 1)), () => eighths(matrix(b, g.outputs, 2))];
        for (const side of ['up', 'down'] as const) {
          const { ours, reference } = await onBoth(() =>
            tf.getBackend() === 'wasm'
              ? countProducts(x(), d(), tf.scalar(divisor), g)[side]
              : countProductsReference(x(), d(), tf.scalar(divisor), g)[side === 'up' ? 0 : 1]!,
          );
          expect(Array.from(ours)).toEqual(Array.from(reference));
        }
      }),
      runs(40),
    );
  });
});

describe('pulses', () => {
  const step = multiply(input('a'), add(1, multiply(0.3, normal('c2c'))));
  /** Soft bounds at ±1, a step of its own for each device. */
  const softBounds: PulseProgram = {
    state: ['w'],
    next: [clamp(add(input('w'), multiply(step, subtract(select(input(UP), 1, -1), input('w')))), -1, 1)],
  };
  /** Two states, one of which is pulsed, as in a one-sided pair; two kinds of noise. */
  const pair: PulseProgram = {
    state: ['p', 'm'],
    next: ['p', 'm'].map((name, k) => {
      const mine = k === 0 ? input(UP) : subtract(1, input(UP));
      const kick = multiply(input('a'), add(normal(`kick${k}`), uniform('jitter')));
      return select(
        less(input('m'), 0.5),
        add(input(name), multiply(mine, kick)),
        multiply(input(name), 0.9),
      );
    }),
  };

  const inputsOf = (g: TileGrid, s: number): Record<string, tf.Tensor> =>
    Object.fromEntries(
      ['w', 'p', 'm', 'a', 's', 'b', 'c'].map((name, k) => {
        const size = tf.util.sizeFromShape(planeShape(g));
        const isState = ['w', 'p', 'm'].includes(name);
        const values = numbers(size, s + k + 1, isState ? -0.9 : 0, isState ? 0.9 : 0.05);
        return [name, tf.tensor4d(values, planeShape(g))];
      }),
    );

  const compare = async (program: PulseProgram, g: TileGrid, b: number, first: number, s: number): Promise<void> => {
    const { ours, reference } = await onBoth(() => {
      const [x, d] = [trains(b, g.inputs, s + 7), trains(b, g.outputs, s + 8)];
      return tf.concat(pulsedUpdate(x, d, inputsOf(g, s), program, g, noise(first)).map((t) => t.flatten()));
    });
    const worst = ours.reduce((most, v, i) => Math.max(most, Math.abs(v - reference[i]!)), 0);
    expect(worst).toBeLessThan(1e-5);
  }; // prettier-ignore

  test('one after the other equal the reference on any grid, from any sample on', async () => {
    await fc.assert(
      fc.asyncProperty(grid, batch, firstSample, seed, (g, b, f, s) => compare(softBounds, g, b, f, s)),
      runs(25),
    );
  });

  test('that change one of two states, with normal and uniform noise, equal the reference', async () => {
    await fc.assert(
      fc.asyncProperty(grid, batch, firstSample, seed, (g, b, f, s) => compare(pair, g, b, f, s)),
      runs(15),
    );
  });

  /** Four states: a device, two counters and a step that wears out; three parameters, two normal and a uniform number. */
  const wear: PulseProgram = {
    state: ['w', 'p', 'm', 's'],
    next: [
      add(input('w'), multiply(multiply(select(input(UP), 1, -1), input('s')), add(1, normal('size')))),
      add(input('p'), input('a')),
      add(input('m'), multiply(input('b'), add(normal('count'), uniform('jitter')))),
      multiply(input('s'), subtract(1, multiply(0.01, input('c')))),
    ],
  };

  test.each([
    ['lists that end within a row', { inputs: 70, outputs: 39, tileRows: 1, tileColumns: 1, rows: 71, columns: 40 }],
    ['a list and a group, in each of four tiles', { inputs: 65, outputs: 60, tileRows: 2, tileColumns: 2, rows: 33, columns: 57 }],
    ['a list for each row', { inputs: 2, outputs: 2050, tileRows: 1, tileColumns: 1, rows: 3, columns: 2056 }],
  ])('of one state and of four: %s', async (_, g) => {
    await compare(softBounds, g, 2, 31, 5);
    await compare(wear, g, 1, 31, 6);
  }); // prettier-ignore

  test('weights with many pulses beside such with few and none', async () => {
    const g = { inputs: 24, outputs: 24, tileRows: 1, tileColumns: 1, rows: 24, columns: 24 };
    // Line k fires in k slots of every sample.
    const rising = (seed: number): tf.Tensor2D => {
      const signs = numbers(34 * 24, seed);
      const words = Int32Array.from(signs, (v, i) => (2 ** (i % 24) - 1) | (v < 0 ? 1 << 31 : 0));
      return tf.tensor2d(words, [34, 24], 'int32');
    };
    const { ours, reference } = await onBoth(
      () => pulsedUpdate(rising(1), rising(2), inputsOf(g, 1), softBounds, g, noise(31))[0]!,
    );
    expectClose(ours, reference, 1e-5);
    const counts = countCoincidences(rising(1), rising(2), g);
    expect(new Set(await tf.add(counts.up, counts.down).data()).size).toBe(24);
  });

  test.each([
    ['1 × N', { inputs: 1, outputs: 70, tileRows: 1, tileColumns: 2, rows: 1, columns: 40 }],
    ['M × 1', { inputs: 70, outputs: 1, tileRows: 2, tileColumns: 1, rows: 40, columns: 1 }],
    ['tiles that are all padding', { inputs: 3, outputs: 2, tileRows: 3, tileColumns: 3, rows: 4, columns: 5 }],
  ])('%s', (_, g) => compare(softBounds, g, 3, 30, 1)); // prettier-ignore

  test('the most pulses there can be: 31 in each of 32 samples', async () => {
    const g = { inputs: 2, outputs: 9, tileRows: 1, tileColumns: 1, rows: 2, columns: 9 };
    const full = (lines: number): tf.Tensor2D => tf.fill([33, lines], 2 ** 31 - 1, 'int32');
    const { ours, reference } = await onBoth(
      () => pulsedUpdate(full(2), full(9), inputsOf(g, 1), softBounds, g, noise(0))[0]!,
    );
    const worst = ours.reduce((most, v, i) => Math.max(most, Math.abs(v - reference[i]!)), 0);
    expect(worst).toBeLessThan(1e-5);
  });

  test('a batch cut into calls gives the same, to the bit', async () => {
    await tf.setBackend('wasm');
    const g = { inputs: 21, outputs: 13, tileRows: 2, tileColumns: 2, rows: 11, columns: 8 };
    const [x, d] = [trains(70, 21, 1), trains(70, 13, 2)];
    const inputs = inputsOf(g, 3);
    const whole = pulsedUpdate(x, d, inputs, softBounds, g, noise(5))[0]!;
    let w = inputs['w']!;
    for (const [start, end] of [[0, 1], [1, 30], [30, 31], [31, 70]] as const) {
      const [part, error] = [x.slice(start, end - start), d.slice(start, end - start)];
      w = pulsedUpdate(part, error, { ...inputs, w }, softBounds, g, noise(5 + start))[0]!;
    } // prettier-ignore
    expect(Array.from(await w.data())).toEqual(Array.from(await whole.data()));
  });

  test('the tensors given stay as they were', async () => {
    await tf.setBackend('wasm');
    const g = { inputs: 4, outputs: 8, tileRows: 1, tileColumns: 1, rows: 4, columns: 8 };
    const inputs = inputsOf(g, 1);
    const before = Array.from(await inputs['w']!.data());
    const after = pulsedUpdate(trains(2, 4, 1), trains(2, 8, 2), inputs, softBounds, g, noise(0))[0]!;
    expect(Array.from(await inputs['w']!.data())).toEqual(before);
    expect(Array.from(await after.data())).not.toEqual(before);
  });
});
