import { activateWasm } from '@txsim/plugin-backend-wasm';
import { zOfMean, zOfVariance, Z_LIMIT } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { gaussian, labMatrix, values } from '../../../test/support/laboratory.js';
import { InputScaling } from '../src/input-scaling.js';

beforeAll(activateWasm);

const ADC = 'circuit-models/uniform-adc';
const DAC = 'circuit-models/uniform-dac';
const near = (found: readonly number[], wanted: readonly number[], tolerance = 1e-5): void =>
  found.forEach((v, i) => expect(Math.abs(v - wanted[i]!)).toBeLessThan(tolerance));

describe('converters that differ', () => {
  const [inputs, outputs] = [40, 2000];
  const spread = { gainSpread: 0.05, offsetSpread: 0.02 };
  const differing = (more: object = {}) =>
    labMatrix(tf.fill([inputs, outputs], 0.5) as tf.Tensor2D, {
      mapping: { use: 'mapping', columns: 100, weightRange: 1 },
      dac: { use: DAC, bits: 24, scale: 1, readVoltage: 1 },
      // 40 devices at half of the window; the full scale is twice that.
      adc: { use: ADC, bits: 24, range: 40 * 9e-6, ...spread, ...more },
    });

  test('2000 of them: gains and offsets are N(0, spread), and stay as they are', async () => {
    const matrix = await differing();
    const y = (x: number) => values(matrix.forward(tf.fill([1, inputs], x) as tf.Tensor2D));
    const [none, half] = [y(0), y(0.5)];
    const offsets = none.map((v) => v / 40);
    const gains = half.map((v, i) => (v - none[i]!) / 10 - 1);
    for (const [found, sigma] of [[offsets, 0.02], [gains, 0.05]] as const) {
      expect(Math.abs(zOfMean(found, 0, sigma))).toBeLessThan(Z_LIMIT);
      expect(Math.abs(zOfVariance(found, 0, sigma))).toBeLessThan(Z_LIMIT);
    } // prettier-ignore
    expect(y(0)).toEqual(none);
    matrix.dispose();
  });

  test('columns that share a converter are off by the same', async () => {
    const matrix = await differing({ sharedBy: 8 });
    const y = values(matrix.forward(tf.fill([1, inputs], 0.5) as tf.Tensor2D));
    // Arrays of 100 columns have 13 converters, the last one of four columns.
    const ofArray = y.slice(100, 200);
    const groups = ofArray.map((_, j) => Math.floor(j / 8));
    ofArray.forEach((v, j) => expect(v).toBe(ofArray[8 * groups[j]!]));
    expect(new Set(ofArray).size).toBe(13);
    expect(new Set(y).size).toBe(20 * 13);
    matrix.dispose();
  });
});

describe('noise management', () => {
  const W = [[0.5], [-0.25]];
  const x = [[0.5, -2], [1, 0.2]]; // prettier-ignore
  const product = async (scale: unknown, bits = 24): Promise<number[]> => {
    const matrix = await labMatrix(W, { dac: { use: DAC, bits, scale, readVoltage: 1 } });
    return values(matrix.forward(tf.tensor2d(x)));
  };

  test('max: each vector by its largest value, and what is below the negative of it saturates', async () => {
    near(await product('max'), [0.25 + 0.125, 0.5 - 0.05]);
  });

  test('a moving average over batches: m of |x|max, the first batch at once', async () => {
    // 7 bits are 63 levels; |x|max is 2 and 1, its mean 1.5: −2 saturates.
    const round = (v: number) => (1.5 * Math.round((63 * v) / 1.5)) / 63;
    near(await product({ average: 0.9 }, 7), [0.5 * round(0.5) + 0.25 * 1.5, 0.5 * round(1) - 0.25 * round(0.2)]); // prettier-ignore
  });

  test('the average remembers: a · m + (1 − a) · mean, without bias', () => {
    const scaling = new InputScaling({ average: 0.75 });
    const seen = [2, 6, 1].map((v) => values(scaling.of(tf.tensor2d([[v, -v]])))[0]!);
    near(seen, [2, (2 * 0.1875 + 6 * 0.25) / 0.4375, (2 * 0.140625 + 6 * 0.1875 + 0.25) / 0.578125]);
    const again = new InputScaling({ average: 0.75 });
    again.load(scaling.save());
    expect(values(again.of(tf.tensor2d([[3]])))).toEqual(values(scaling.of(tf.tensor2d([[3]]))));
  });

  test('bound management: vectors of which a current saturates are applied again, halved; the others are not', async () => {
    const matrix = await labMatrix([[1], [1]], {
      mapping: { use: 'mapping', weightRange: 1 },
      dac: { use: DAC, bits: 4, scale: 1, readVoltage: 1 },
      adc: { use: ADC, bits: 20, range: 1.2 * 9e-6, retries: 3 },
    });
    // 7 levels: .4 is 3/7; at half of it, 1 is 4/7 of 2 (half to even).
    near(values(matrix.forward(tf.tensor2d([[0.4, 0.4], [1, 1]]))), [6 / 7, 16 / 7]); // prettier-ignore
  });

  test('a range that learns divides all inputs', async () => {
    const round = (v: number) => (1.5 * Math.round((63 * v) / 1.5)) / 63;
    near(await product({ learn: 1.5, decay: 0 }, 7), [0.5 * round(0.5) + 0.25 * 1.5, 0.5 * round(1) - 0.25 * round(0.2)]); // prettier-ignore
  });

  test('gradients at a learned range are those of its saturated inputs; these get none', () => {
    const scaling = new InputScaling({ learn: 1, decay: 0.5 });
    const [input, dx] = [tf.tensor2d([[0.5, -2, 3]]), tf.tensor2d([[0.1, 0.2, 0.4]])];
    const found = scaling.gradients(input, dx);
    near(values(found.x), [0.1, 0, 0]);
    near(values(found.range), [-0.2 + 0.4]);
    near(values(scaling.gradients(tf.zeros([1, 3]), dx).range), [0.5]);
  });
});

describe('scales of columns', () => {
  const weights = () => tf.mul(gaussian([12, 5]), [1, 0.1, 3, 0.01, 1]) as tf.Tensor2D;
  const matrix = (scaling: string, more: object = {}) =>
    labMatrix(weights(), { mapping: { use: 'mapping', weightRange: 20, scaling, ...more } });

  test('every column fills as much of the window as the largest one', async () => {
    const { state } = await matrix('column', { columns: 8 });
    const held = tf.max(tf.abs(tf.sub(state[0]!, state[1]!)), [0, 1, 2]);
    const largest = values(held).slice(0, 5);
    largest.forEach((g) => expect(Math.abs(g / largest[0]! - 1)).toBeLessThan(1e-4));
  });

  test('they change neither products nor updates of ideal arrays', async () => {
    const [layer, column] = [await matrix('layer'), await matrix('column')];
    const [x, d] = [gaussian([3, 12], 2), gaussian([3, 5], 3)];
    for (let step = 0; step < 3; step++) {
      near(values(column.forward(x)), values(layer.forward(x)), 1e-4);
      near(values(column.backward(d)), values(layer.backward(d)), 1e-4);
      for (const one of [layer, column]) one.update(x, d, 1e-4);
      near(values(column.read()), values(layer.read()), 1e-6);
    }
  });

  test('they are saved', async () => {
    const [first, second] = [await matrix('column'), await labMatrix(gaussian([12, 5]), { mapping: { use: 'mapping', weightRange: 20, scaling: 'column' } })]; // prettier-ignore
    await second.load(first.save());
    expect(values(second.read())).toEqual(values(first.read()));
  });
});
