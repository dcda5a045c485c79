import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { labMatrix, values } from '../support/laboratory.js';

beforeAll(() => tf.setBackend('cpu'));

const G_MIN = 1e-6;
const G_MAX = 1e-5;
const READ_VOLTAGE = 0.2;

/** An output bound of 12 in units of weight × input, as a current. */
const OUT_BOUND = 12 * READ_VOLTAGE * (G_MAX - G_MIN);

describe('MVM: W = [.3, −.2], DAC 7 bit, ADC 9 bit, output bound 12, absMax', () => {
  const product = async (x: number[]): Promise<number> => {
    const matrix = await labMatrix([[0.3], [-0.2]], {
      device: { use: 'device-models/ideal', gMin: G_MIN, gMax: G_MAX },
      mapping: { use: 'mapping', weightRange: 1 },
      dac: { use: 'circuit-models/uniform-dac', bits: 7, scale: 'absMax', readVoltage: READ_VOLTAGE },
      adc: { use: 'circuit-models/uniform-adc', bits: 9, range: OUT_BOUND },
    });
    return values(matrix.forward(tf.tensor2d([x])))[0]!;
  };

  test.each([
    [[0.4, 1], -0.0941176],
    [[0.5, 1], -0.0470588],
    [[0.8, 2], -0.1882353],
  ])('x = (%j) → %f', async (x, expected) => {
    expect(Math.abs((await product(x)) / expected - 1)).toBeLessThan(1e-6);
  });

  test('a clipped sample does not rescale its batch mates', async () => {
    const matrix = await labMatrix([[1], [1]], {
      mapping: { use: 'mapping', weightRange: 1 },
      dac: { use: 'circuit-models/uniform-dac', bits: 16, readVoltage: READ_VOLTAGE },
      adc: { use: 'circuit-models/uniform-adc', bits: 16, range: 1.5 * READ_VOLTAGE * (G_MAX - G_MIN) },
    });
    const alone = values(matrix.forward(tf.tensor2d([[0.25, 0.5]])));
    const together = values(matrix.forward(tf.tensor2d([[0.25, 0.5], [100, 100]]))); // prettier-ignore
    expect(together[0]).toBe(alone[0]);
    expect(together[1]).toBeCloseTo(150, 4);
  });
});

test('MVM: S-shape .5, output bound 12, y = 6 → 4.8', async () => {
  const matrix = await labMatrix([[1]], {
    device: { use: 'device-models/ideal', gMin: G_MIN, gMax: G_MAX },
    mapping: { use: 'mapping', weightRange: 1 },
    sense: { use: 'circuit-models/s-shape-sense', s: 0.5 },
    adc: { use: 'circuit-models/uniform-adc', bits: 24, range: 12 * (G_MAX - G_MIN) },
  });
  expect(values(matrix.forward(tf.tensor2d([[6]])))[0]).toBeCloseTo(4.8, 5);
});
