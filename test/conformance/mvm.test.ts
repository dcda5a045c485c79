import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { labMatrix, values } from '../support/laboratory.js';
import { beside, validationTable } from '../support/validation.js';

const table = validationTable(
  'Products',
  'Outputs of small products through converters, in units of weight × input, with aihwkit’s definitions of noise and bound management; standard deviations over 20,000 reads.',
);
/** Digits of float32, and of a standard deviation of so many reads. */
const [DIGITS, SPREAD] = [7, 4];

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
    const found = await product(x);
    expect(Math.abs(found / expected - 1)).toBeLessThan(1e-6);
    table.row(`W = (0.3, −0.2), x = (${x.join(', ')}), 7 and 9 bits`, ...beside(expected, found, DIGITS));
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
  const [found] = values(matrix.forward(tf.tensor2d([[6]])));
  expect(found).toBeCloseTo(4.8, 5);
  table.row('S-shape 0.5, bound 12, y = 6', ...beside(4.8, found!, DIGITS));
});

describe('MVM: W = .5 × n, x = 1, output bound 12, 7 and 9 bits, iterative bound management', () => {
  const product = async (inputs: number, x: number, w = 0.5): Promise<number> => {
    const matrix = await labMatrix(tf.fill([inputs, 1], w) as tf.Tensor2D, {
      device: { use: 'device-models/ideal', gMin: G_MIN, gMax: G_MAX },
      mapping: { use: 'mapping', rows: inputs, weightRange: 1 },
      dac: { use: 'circuit-models/uniform-dac', bits: 7, readVoltage: READ_VOLTAGE },
      // A factor of at most a quarter of the DAC's levels, 31.5.
      adc: { use: 'circuit-models/uniform-adc', bits: 9, range: OUT_BOUND, retries: 4 },
    });
    return values(matrix.forward(tf.fill([1, inputs], x) as tf.Tensor2D))[0]!;
  };

  test.each([
    [100, 50.823529, '4 passes'],
    [1000, 192, 'where the passes end'],
  ])('n = %i → %f, %s', async (n, expected, passes) => {
    const found = await product(n, 1);
    expect(Math.abs(found / expected - 1)).toBeLessThan(1e-6);
    table.row(`W = 0.5 × ${n}, x = 1, bound management, ${passes}`, ...beside(expected, found, DIGITS));
  });

  test('a negative overflow is one, too', async () => {
    expect(Math.abs((await product(100, 1, -0.5)) / -50.823529 - 1)).toBeLessThan(1e-6);
  });
});

describe('MVM: noise of W = 0 and of w = (.5, −.25), over 20,000 reads', () => {
  const READS = 20_000;
  const spread = async (
    weights: number[][],
    x: number[],
    parts: Parameters<typeof labMatrix>[1],
  ): Promise<number> => {
    const matrix = await labMatrix(weights, {
      device: { use: 'device-models/ideal', gMin: G_MIN, gMax: G_MAX },
      mapping: { use: 'mapping', rows: 2, weightRange: 1 },
      ...parts,
    });
    const y = values(matrix.forward(tf.tile(tf.tensor2d([x]), [READS, 1])));
    return Math.sqrt(zeroMeanVariance(y));
  };
  const zeroMeanVariance = (y: readonly number[]): number => {
    const mean = y.reduce((a, b) => a + b) / y.length;
    return y.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (y.length - 1);
  };
  const near = (name: string, found: number, wanted: number): void => {
    expect(Math.abs((found / wanted - 1) * Math.sqrt(2 * READS))).toBeLessThan(4.5);
    table.row(name, ...beside(wanted, found, SPREAD));
  };

  test('x = (2, 1), output noise .06, no ADC → std .12', async () => {
    // Without an ADC the full scale is all devices at gMax.
    const fullScale = 2 * G_MAX * READ_VOLTAGE;
    const noise = (0.06 * READ_VOLTAGE * (G_MAX - G_MIN)) / fullScale;
    near('σ of W = 0, x = (2, 1), output noise 0.06', await spread([[0], [0]], [2, 1], {
        dac: { use: 'circuit-models/uniform-dac', bits: 24, readVoltage: READ_VOLTAGE },
        sense: { use: 'circuit-models/s-shape-sense', s: 0, noise },
      }), 0.12); // prettier-ignore
  });

  test('x = (3, 4), additive constant .02, 7-bit DAC → std .0998124', async () => {
    near('σ of W = 0, x = (3, 4), additive 0.02', await spread([[0], [0]], [3, 4], {
        dac: { use: 'circuit-models/uniform-dac', bits: 7, readVoltage: READ_VOLTAGE },
        nonIdealities: [{ use: 'read-noise', sigma: 0.02 / Math.SQRT2 }],
      }), 0.0998124); // prettier-ignore
  });

  test('w = (.5, −.25), x = (3, 4), proportional to √G, .0175, 7-bit DAC → std .05088', async () => {
    // Only the conductance that stands for the weight makes noise: next to none is left at a weight of 0.
    near('σ of w = (0.5, −0.25), x = (3, 4), root 0.0175', await spread([[0.5], [-0.25]], [3, 4], {
        device: { use: 'device-models/ideal', gMin: 1e-6 * G_MIN, gMax: G_MAX },
        dac: { use: 'circuit-models/uniform-dac', bits: 7, readVoltage: READ_VOLTAGE },
        nonIdealities: [{ use: 'read-noise', definition: 'root', sigma: 0.0175 }],
      }), 0.05088); // prettier-ignore
  });
});

table.isOnPage();
