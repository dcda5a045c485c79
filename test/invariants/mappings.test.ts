import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { gaussian, labMatrix, values } from '../support/laboratory.js';

beforeAll(() => tf.setBackend('cpu'));

const integers = (rows: number, columns: number, largest: number) =>
  fc.array(fc.array(fc.integer({ min: -largest, max: largest }), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }); // prettier-ignore

describe('bit slicing with ideal parts gives the product of whole numbers, for 1 to 16 bits', () => {
  test.each(Array.from({ length: 16 }, (_, i) => i + 1))('%i bits', async (bits) => {
    const cells = [1, 2, 3, 4, 8].filter((b) => bits % b === 0);
    const largest = 2 ** bits - 1;
    await fc.assert(
      fc.asyncProperty(
        integers(4, 3, largest),
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 4, maxLength: 4 }),
        fc.constantFrom(...cells),
        async (weights, x, cellBits) => {
          const matrix = await labMatrix(
            weights.map((row) => row.map((w) => w / largest)),
            {
              // prettier-ignore
              // Digits are whole conductances, so that nothing is rounded before the sum.
              device: { use: 'device-models/ideal', gMin: 1, gMax: 2 ** cellBits },
              mapping: { use: 'mapping/bit-slicing', cellBits, slices: bits / cellBits, weightRange: 1 },
            },
          );
          const found = values(matrix.forward(tf.tensor2d([x])));
          const wanted = [0, 1, 2].map((j) => weights.reduce((sum, row, i) => sum + row[j]! * x[i]!, 0));
          expect(found.map((y) => Math.round(y * largest) + 0)).toEqual(wanted.map((y) => y + 0));
          matrix.dispose();
        },
      ),
      { numRuns: 10, seed: bits },
    );
  });
});

const BITS = Array.from({ length: 16 }, (_, i) => i + 1);
const vector = (length: number, largest: number) =>
  fc.array(fc.integer({ min: -largest, max: largest }), { minLength: length, maxLength: length });

/** Σ x_i W_ij, exactly. */
const productOf = (x: readonly number[], weights: readonly (readonly number[])[]): number[] =>
  weights[0]!.map((_, j) => weights.reduce((sum, row, i) => sum + row[j]! * x[i]!, 0));

describe('bit-serial inputs with ideal parts give the product of whole numbers, for 1 to 16 bits', () => {
  test.each(BITS)('%i bits', async (bits) => {
    const largest = 2 ** bits - 1;
    await fc.assert(
      fc.asyncProperty(
        integers(4, 3, 3),
        vector(4, largest),
        fc.integer({ min: 1, max: bits }),
        async (weights, x, bitsPerCycle) => {
          const matrix = await labMatrix(
            weights.map((row) => row.map((w) => w / 3)),
            {
              device: { use: 'device-models/ideal', gMin: 1, gMax: 4 },
              mapping: { use: 'mapping', weightRange: 1 },
              dac: { use: 'circuit-models/serial-dac', bits, bitsPerCycle, scale: largest, readVoltage: 1 },
            },
          );
          const found = values(matrix.forward(tf.tensor2d([x])));
          expect(found.map((y) => Math.round(3 * y) + 0)).toEqual(productOf(x, weights).map((y) => y + 0));
          matrix.dispose();
        },
      ),
      { numRuns: 5, seed: bits },
    );
  });
});

test('bit slices, bit-serial inputs and an ADC of granular range give the product of whole numbers, in both directions', async () => {
  await fc.assert(
    fc.asyncProperty(
      integers(6, 5, 255),
      vector(6, 63),
      vector(5, 63),
      fc.constantFrom(1, 2, 4),
      fc.constantFrom(1, 2, 3),
      async (weights, x, d, cellBits, bitsPerCycle) => {
        const matrix = await labMatrix(
          weights.map((row) => row.map((w) => w / 255)),
          {
            mapping: { use: 'mapping/bit-slicing', rows: 4, columns: 4, cellBits, slices: 8 / cellBits, weightRange: 1 }, // prettier-ignore
            dac: { use: 'circuit-models/serial-dac', bits: 6, bitsPerCycle, scale: 63, readVoltage: 0.1 },
            // 4 lines of at most 15 · 7: enough whole steps for every current.
            adc: { use: 'circuit-models/uniform-adc', bits: 10, range: 'granular' },
          },
        );
        const [y, z] = [values(matrix.forward(tf.tensor2d([x]))), values(matrix.backward(tf.tensor2d([d])))];
        const transposed = d.map((_, j) => weights.map((row) => row[j]!));
        expect(y.map((v) => Math.round(255 * v) + 0)).toEqual(productOf(x, weights).map((v) => v + 0));
        expect(z.map((v) => Math.round(255 * v) + 0)).toEqual(productOf(d, transposed).map((v) => v + 0));
        matrix.dispose();
      },
    ),
    { numRuns: 15, seed: 1 },
  );
});

test('a granular range is refused where currents have no steps', async () => {
  const adc = { use: 'circuit-models/uniform-adc', range: 'granular' };
  await expect(labMatrix([[1]], { adc, dac: { use: 'circuit-models/serial-dac' } })).rejects.toThrow(
    'STACK_INVALID [stack.adc] range: a granular one needs steps of currents, and the mapping programs any conductance',
  );
  await expect(labMatrix([[1]], { adc, mapping: { use: 'mapping/bit-slicing' } })).rejects.toThrow(
    'the dac drives any voltage',
  );
});

test('tilings of any size give the same ideal product', async () => {
  const weights = gaussian([23, 17]);
  const x = gaussian([3, 23], 2);
  const wanted = values(tf.matMul(x, weights));
  const scale = Math.max(...wanted.map(Math.abs));
  const uses = ['differential-pair', 'offset', 'unary'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...uses),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom('equal', 'fill'),
      fc.constantFrom('layer', 'column'),
      async (use, rows, columns, tiling, scaling) => {
        const mapping = { use: `mapping/${use}`, rows, columns, tiling, scaling };
        const matrix = await labMatrix(weights, { mapping });
        values(matrix.forward(x)).forEach((y, i) => expect(Math.abs(y - wanted[i]!)).toBeLessThan(1e-5 * scale)); // prettier-ignore
        matrix.dispose();
      },
    ),
    { numRuns: 40, seed: 1 },
  );
});

describe('pulses of a weight that lies on several devices', () => {
  const device = { use: 'device-models/constant-step', gMin: 1e-6, gMax: 3e-6, wMin: -1, wMax: 1, dw: 0.02 };
  const make = (mapping: Record<string, unknown> & { use: string }, application: string) =>
    labMatrix([[0.1, -0.1, 0, 0.2]], {
      device,
      mapping: { weightRange: 1, ...mapping },
      updateRule: { use: 'trainers/pulsed-sgd', application },
    });

  test.each(
    [
      { use: 'mapping/unary', devices: 3 },
      { use: 'mapping/ternary', threshold: 0.05 },
      { use: 'mapping/bit-slicing', cellBits: 2, slices: 2, carry: 'none' },
    ].flatMap((mapping) => ['exact', 'aggregated'].map((application) => [mapping, application] as const)),
  )(
    '%j, %s: lines that fire in every slot make one step in each, across devices and signs',
    async (mapping, application) => {
      const matrix = await make(mapping, application);
      const step = matrix.arrays[0]!.pulseStep!;
      const before = values(matrix.read());
      // Fourteen pulses down, and for the second weight up: every line fires in each of 14 slots.
      matrix.update(tf.ones([1, 1]), tf.tensor2d([[1, -1, 1, 1]]), 14 * step);
      const [first, second] = [0, 1].map((j) => values(matrix.read())[j]! - before[j]!);
      expect(first! / step).toBeCloseTo(-14, 3);
      expect(second! / step).toBeCloseTo(14, 3);
      matrix.dispose();
    },
  );

  test('slices with carry are refused before training, with what to use instead', async () => {
    await expect(make({ use: 'mapping/bit-slicing' }, 'exact')).rejects.toThrow(
      /UPDATE_UNSUPPORTED .*only with carry "none".*trainers\/outer-product/,
    );
  });
});
