import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { labMatrix, values } from '../support/laboratory.js';

beforeAll(() => tf.setBackend('cpu'));

const near = (found: readonly number[], wanted: readonly number[]): void =>
  found.forEach((v, i) => expect(Math.abs(v - wanted[i]!)).toBeLessThan(1e-5));

describe('what peers get wrong in mappings and converters', () => {
  test.each([2, 4, 16, 256])(
    'CrossSim’s offset core with cells of b bits scales outputs by (2^b − 2)/(2^b − 1): here ±1 are 2 apart with %i levels',
    async (levels) => {
      const matrix = await labMatrix([[1], [-1]], {
        device: { use: 'device-models/ideal', gMin: 1e-6, gMax: 1e-5 },
        mapping: { use: 'mapping/offset', weightRange: 1, subtract: 'digital' },
        nonIdealities: [{ use: 'limited-levels', levels }],
      });
      const [up, down] = values(matrix.forward(tf.tensor2d([[1, 0], [0, 1]]))); // prettier-ignore
      expect(Math.abs(up! - down! - 2)).toBeLessThan(1e-5);
      matrix.dispose();
    },
  );

  describe('aihwkit’s bound test: a negative overflow erases an earlier positive one', () => {
    // Each output saturates at 1, with 24 bits of resolution.
    const bounded = (weights: number[][], subtract: string) =>
      labMatrix(weights, {
        device: { use: 'device-models/ideal', gMin: 1e-6, gMax: 1e-5 },
        mapping: { use: 'mapping', weightRange: 4, subtract },
        dac: { use: 'circuit-models/uniform-dac', bits: 24, scale: 1, readVoltage: 1 },
        // A current of 1 V through a weight of 1; digitally subtracted ones carry gMin of all lines.
        adc: { use: 'circuit-models/uniform-adc', bits: 24, range: 9e-6 / 4 + 2e-6, retries: 3 },
      });

    test.each([
      [
        'positive first',
        [
          [4, -4],
          [4, -4],
        ],
      ],
      [
        'negative first',
        [
          [-4, 4],
          [-4, 4],
        ],
      ],
      [
        'positive alone',
        [
          [4, 0],
          [4, 0],
        ],
      ],
      [
        'negative alone',
        [
          [0, -4],
          [0, -4],
        ],
      ],
    ] as const)('%s, subtracted in the wires or digitally: all are applied again', async (_, weights) => {
      // prettier-ignore
      for (const subtract of ['analog', 'digital']) {
        const matrix = await bounded(weights.map((row) => [...row]), subtract); // prettier-ignore
        near(values(matrix.forward(tf.tensor2d([[0.5, 0.5]]))), weights[0].map((w) => w)); // prettier-ignore
        matrix.dispose();
      }
    });
  });

  test.each([
    ['dac', 'circuit-models/uniform-dac'],
    ['adc', 'circuit-models/uniform-adc'],
    ['adc', 'circuit-models/ramp-adc'],
    ['adc', 'circuit-models/sar-adc'],
  ])(
    'aihwkit’s `res` means a count or a step: here bits are bits, 2^bits − 1 levels of the %s %s',
    async (part, use) => {
      for (const bits of [2, 3, 5]) {
        const adc = part === 'adc' ? { range: 0.2 * 9e-6, ...(use.includes('sar') && { mismatch: 0 }) } : {};
        const dac = { use: 'circuit-models/uniform-dac', bits: 24, scale: 1 };
        const matrix = await labMatrix([[1]], {
          device: { use: 'device-models/ideal', gMin: 1e-6, gMax: 1e-5 },
          mapping: { use: 'mapping', weightRange: 1 },
          dac,
          [part]: { ...(part === 'dac' && dac), use, bits, ...adc },
        });
        const outputs = values(matrix.forward(tf.linspace(-1, 1, 1001).reshape([1001, 1])));
        expect(
          new Set(
            outputs
              .map((y) => y.toFixed(5))
              .map(Number)
              .map((y) => y + 0),
          ).size,
        ).toBe(2 ** bits - 1);
        matrix.dispose();
      }
    },
  );

  test('aihwkit’s torch tile: a sample that is clipped rescales its whole batch; here it does not', async () => {
    const matrix = await labMatrix([[1], [1]], {
      mapping: { use: 'mapping', weightRange: 1 },
      dac: { use: 'circuit-models/uniform-dac', bits: 6, scale: 1, readVoltage: 1 },
      adc: { use: 'circuit-models/uniform-adc', bits: 6, range: 1.1 * 9e-6, retries: 4 },
    });
    const alone = values(matrix.forward(tf.tensor2d([[0.3, 0.2]])));
    const together = values(matrix.forward(tf.tensor2d([[0.3, 0.2], [1, 1]]))); // prettier-ignore
    expect(together[0]).toBe(alone[0]);
    expect(Math.abs(together[1]! - 2)).toBeLessThan(0.1);
  });
});
