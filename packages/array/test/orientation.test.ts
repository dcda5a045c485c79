import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { gaussian, labMatrix, values } from '../../../test/support/laboratory.js';

beforeAll(activateWasm);

/** Rounding of float32 sums, relative to the largest value. */
const ROUNDING = 1e-5;
const SHAPES: [number, number][] = [[1, 1], [5, 3], [20, 9], [33, 70]]; // prettier-ignore
const MAPPINGS = [
  { sides: 'one', subtract: 'analog' },
  { sides: 'two', subtract: 'analog' },
  { sides: 'one', subtract: 'digital' },
];

const expectNear = (found: tf.Tensor, wanted: tf.Tensor): void => {
  expect(found.shape).toEqual(wanted.shape);
  const [a, b] = [values(found), values(wanted)];
  const limit = ROUNDING * Math.max(...b.map(Math.abs));
  a.forEach((v, i) => expect(Math.abs(v - b[i]!)).toBeLessThanOrEqual(limit));
};

describe.each(MAPPINGS)('ideal arrays, $sides-sided pairs, $subtract subtraction', (choice) => {
  const make = (weights: tf.Tensor2D) =>
    labMatrix(weights, { mapping: { use: 'mapping', rows: 16, columns: 16, ...choice } });

  test.each(SHAPES)('%i × %i: forward is x·W, backward is d·Wᵀ', async (inputs, outputs) => {
    const weights = gaussian([inputs, outputs]);
    const matrix = await make(weights);
    const [x, d] = [gaussian([4, inputs], 2), gaussian([4, outputs], 3)];
    expectNear(matrix.forward(x), tf.matMul(x, weights));
    expectNear(matrix.backward(d), tf.matMul(d, weights, false, true));
  });

  test.each(SHAPES)('%i × %i: an update of a batch adds −rate · xᵀd', async (inputs, outputs) => {
    const weights = gaussian([inputs, outputs]);
    const matrix = await make(weights);
    const [x, d] = [gaussian([4, inputs], 2), gaussian([4, outputs], 3)];
    matrix.update(x, d, 0.05);
    expectNear(matrix.read(), tf.sub(weights, tf.mul(tf.matMul(x, d, true, false), 0.05)));
  });
});

test('with wires that are the same from both sides, forward and backward are transposes of one another', async () => {
  const [inputs, outputs] = [20, 13];
  const matrix = await labMatrix(gaussian([inputs, outputs]), {
    mapping: { use: 'mapping', rows: 8, columns: 8 },
    wire: { use: 'wire-resistance', row: 50, column: 80, source: 900, sink: 300 },
    nonIdealities: [{ use: 'device-variation' }],
  });
  const unit = (n: number): tf.Tensor2D => tf.eye(n);
  expectNear(tf.transpose(matrix.backward(unit(outputs))), matrix.forward(unit(inputs)));
});

test('digital operations are exact in the weights that the devices hold', async () => {
  const matrix = await labMatrix(
    gaussian([9, 7]),
    {
      dac: { use: 'circuit-models/uniform-dac', bits: 3 },
      nonIdealities: [{ use: 'limited-levels', levels: 4 }, { use: 'read-noise' }],
    },
    { operations: { forward: 'digital', backward: 'digital' } },
  );
  const [x, d] = [gaussian([4, 9], 2), gaussian([4, 7], 3)];
  expectNear(matrix.forward(x), tf.matMul(x, matrix.read()));
  expectNear(matrix.backward(d), tf.matMul(d, matrix.read(), false, true));
});
