import { columnPadding, rowOffset, usedCells } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { gaussian, labMatrix, values } from '../../../test/support/laboratory.js';

beforeAll(() => tf.setBackend('cpu'));

const [G_MIN, G_MAX] = [1e-6, 1e-5];
const device = { use: 'device-models/ideal', gMin: G_MIN, gMax: G_MAX };
/** Rounding of conductances in float32, as a fraction of the largest weight. */
const ROUNDING = 1e-6;

test.each([
  [1, 1, 64],
  [7, 5, 64],
  [65, 9, 32],
  [100, 33, 16],
  [13, 130, 12],
])('%i × %i on arrays of %i: what is programmed is read', async (inputs, outputs, size) => {
  const weights = gaussian([inputs, outputs]);
  const matrix = await labMatrix(weights, { device, mapping: { use: 'mapping', rows: size, columns: size } });
  const [found, wanted] = [values(matrix.read()), values(weights)];
  found.forEach((w, i) =>
    expect(Math.abs(w - wanted[i]!)).toBeLessThanOrEqual(ROUNDING * matrix.weightRange),
  );
});

test('devices in the padding conduct nothing, after writes too', async () => {
  const matrix = await labMatrix(gaussian([19, 5]), {
    device,
    mapping: { use: 'mapping', rows: 16, columns: 16, sides: 'two' },
    nonIdealities: [
      { use: 'write-noise', gamma: 50, definition: 'range-relative' },
      { use: 'device-variation' },
    ],
  });
  expect([rowOffset(matrix.grid), columnPadding(matrix.grid)]).toEqual([13, 3]);
  const unused = tf.sub(1, usedCells(matrix.grid));
  const inPadding = (planes: readonly tf.Tensor[]): number[] =>
    planes.map((g) => values(tf.max(tf.mul(g, unused)))[0]!);
  expect(inPadding(matrix.state)).toEqual([0, 0]);
  matrix.update(gaussian([3, 19], 2), gaussian([3, 5], 3), 0.5);
  expect(inPadding(matrix.state)).toEqual([0, 0]);
  expect(inPadding(matrix.conducting())).toEqual([0, 0]);
});

test('what does not fit the window is clipped to it', async () => {
  const matrix = await labMatrix([[5, -5, 0.5]], { device, mapping: { use: 'mapping', weightRange: 1 } });
  [1, -1, 0.5].forEach((w, i) => expect(Math.abs(values(matrix.read())[i]! - w)).toBeLessThan(ROUNDING));
  matrix.update(tf.tensor2d([[1]]), tf.tensor2d([[3, -3, 3]]), 1);
  [-1, 1, -1].forEach((w, i) => expect(Math.abs(values(matrix.read())[i]! - w)).toBeLessThan(ROUNDING));
  for (const g of matrix.state.flatMap(values))
    expect(g === 0 || (g >= Math.fround(G_MIN) && g <= Math.fround(G_MAX))).toBe(true);
});

test('programming again replaces the weights', async () => {
  const matrix = await labMatrix([[0.5, -0.25]], { device, mapping: { use: 'mapping', weightRange: 1 } });
  matrix.program(tf.tensor2d([[-1, 0.125]]));
  [-1, 0.125].forEach((w, i) => expect(Math.abs(values(matrix.read())[i]! - w)).toBeLessThan(ROUNDING));
});

test('what is read is the caller’s: disposing it does no harm', async () => {
  const matrix = await labMatrix([[0.5]]);
  matrix.read().dispose();
  expect(values(matrix.read())).toHaveLength(1);
});
