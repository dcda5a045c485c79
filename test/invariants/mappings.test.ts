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
      async (use, rows, columns, tiling) => {
        const mapping = { use: `mapping/${use}`, rows, columns, ...(use === uses[0] ? {} : { tiling }) };
        const matrix = await labMatrix(weights, { mapping });
        values(matrix.forward(x)).forEach((y, i) => expect(Math.abs(y - wanted[i]!)).toBeLessThan(1e-5 * scale)); // prettier-ignore
        matrix.dispose();
      },
    ),
    { numRuns: 40, seed: 1 },
  );
});
