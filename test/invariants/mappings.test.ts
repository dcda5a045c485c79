import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { gaussian, labMatrix, values } from '../support/laboratory.js';

beforeAll(() => tf.setBackend('cpu'));

const BITS = Array.from({ length: 16 }, (_, i) => i + 1);
const integers = (rows: number, columns: number, largest: number) =>
  fc.array(fc.array(fc.integer({ min: -largest, max: largest }), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }); // prettier-ignore

describe('bit slicing with ideal parts gives the product of whole numbers, for 1 to 16 bits', () => {
  test.each(BITS)('%i bits', async (bits) => {
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

describe('bit slices with carry hold the sum of whole numbers after every change, for 1 to 16 bits', () => {
  test.each(BITS)('%i bits', async (bits) => {
    const largest = 2 ** bits - 1;
    const change = fc.integer({ min: -largest, max: largest });
    await fc.assert(
      fc.asyncProperty(
        integers(1, 3, largest),
        fc.array(fc.tuple(change, change, change), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...[1, 2, 3, 4, 8].filter((b) => bits % b === 0)),
        async (weights, changes, cellBits) => {
          const matrix = await labMatrix(
            weights.map((row) => row.map((w) => w / largest)),
            {
              device: { use: 'device-models/ideal', gMin: 1, gMax: 2 ** cellBits },
              mapping: { use: 'mapping/bit-slicing', cellBits, slices: bits / cellBits, weightRange: 1 },
            },
          );
          let wanted = weights[0]!;
          for (const asked of changes) {
            wanted = wanted.map((w, j) => Math.max(-largest, Math.min(largest, w + asked[j]!)));
            matrix.change(tf.tensor2d([asked.map((c) => c / largest)]));
            const found = values(matrix.read()).map((w) => Math.round(w * largest) + 0);
            expect(found).toEqual(wanted.map((w) => w + 0));
            // Digits are whole numbers of conductance.
            for (const g of matrix.state.flatMap((plane) => values(plane))) expect(Math.abs(g - Math.round(g))).toBeLessThan(0.01); // prettier-ignore
          }
          matrix.dispose();
        },
      ),
      { numRuns: 8, seed: bits },
    );
  });
});

describe('bit slices with carry add up changes of more bits than float32 holds', () => {
  /** The number that the devices of a weight hold, in float64. @param range siemens from 0 to the largest digit */
  const heldBy = (planes: readonly tf.Tensor[], base: number, range: number): number =>
    planes.reduce((sum, g, p) => {
      const sign = p % 2 === 0 ? 1 : -1;
      return sum + sign * ((values(g)[0]! * (base - 1)) / range) * base ** (p >> 1);
    }, 0);

  test.each([
    [24, 2],
    [24, 8],
    [30, 3],
    [32, 2],
    [32, 4],
    [32, 8],
  ])(
    '%i bits in cells of %i: 200 changes of all sizes, each to half a lowest step',
    async (bits, cellBits) => {
      const largest = 2 ** bits - 2 ** (bits - 24);
      const base = 2 ** cellBits;
      const matrix = await labMatrix([[0]], {
        device: { use: 'device-models/ideal', gMin: 1, gMax: base },
        mapping: { use: 'mapping/bit-slicing', rows: 1, columns: 1, cellBits, slices: bits / cellBits, weightRange: 1 }, // prettier-ignore
      });
      const sizes = values(gaussian([200, 1], bits)).map((size, i) => size * 2 ** -(1 + ((7 * i) % bits)));
      let wanted = 0;
      for (const size of sizes) {
        const before = wanted;
        // As float32 has it, in float64.
        const asked = Math.fround(Math.fround(size) * largest);
        wanted = Math.max(1 - base ** (bits / cellBits), Math.min(base ** (bits / cellBits) - 1, wanted + asked)); // prettier-ignore
        tf.tidy(() => matrix.change(tf.tensor2d([[size]])));
        const found = heldBy(matrix.state, base, base - 1);
        expect(Math.abs(found - wanted), `${before} + ${asked}`).toBeLessThan(0.5);
        // Fractions of the lowest step are kept to some bits: the next change starts from what is there.
        wanted = found;
      }
      matrix.dispose();
    },
  );
});

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
