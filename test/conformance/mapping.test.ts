import { interleaved } from '@txsim/array';
import { evaluate } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { labArrays, labMatrix, values } from '../support/laboratory.js';
import { beside, validationTable } from '../support/validation.js';

const table = validationTable(
  'Mapping',
  'Conductances in the units of the case, and outputs. Figures derived by hand, the wires by an independent solver.',
);
/** Digits of float32. */
const DIGITS = 7;

beforeAll(() => tf.setBackend('cpu'));

const W = [
  [3.75, 2.5, -5],
  [-2.5, 0, 1.25],
];

async function planes(weights: number[][], gMin: number, gMax: number, weightRange: number, layout = {}) {
  const matrix = await labMatrix(weights, {
    device: { use: 'device-models/ideal', gMin, gMax },
    mapping: { use: 'mapping', rows: weights.length, columns: weights[0]!.length, weightRange, ...layout },
  });
  return { matrix, state: matrix.state.map((plane) => values(plane)) };
}

describe('Mapping: one-sided differential pair', () => {
  test('w = [[3.75, 2.5, −5], [−2.5, 0, 1.25]], gMin 2, gMax 10 → pairs (8,2) (6,2) (2,10) / (2,6) (2,2) (4,2)', async () => {
    const { state } = await planes(W, 2, 10, 5);
    expect(state[0]).toEqual([8, 6, 2, 2, 2, 4]);
    expect(state[1]).toEqual([2, 2, 10, 6, 2, 2]);
    table.row('one-sided pairs of 2 to 10: G⁺', ...beside([8, 6, 2, 2, 2, 4], state[0]!));
    table.row('one-sided pairs of 2 to 10: G⁻', ...beside([2, 2, 10, 6, 2, 2], state[1]!));
  });

  test('interleaved pairs in adjacent columns: [[8, 2, 6, 2, 2, 10], [2, 6, 2, 2, 4, 2]]', async () => {
    const { state } = await planes(W, 2, 10, 5, { placement: 'adjacent', columns: 6 });
    const lines = interleaved(state.map((plane) => tf.tensor4d(plane, [1, 1, 2, 3])));
    const expected = [
      [8, 2, 6, 2, 2, 10],
      [2, 6, 2, 2, 4, 2],
    ];
    expect(lines.squeeze([0, 1]).arraySync()).toEqual(expected);
    table.row('the same in adjacent columns', ...beside(expected.flat(), values(lines)));
  });

  test('the inverse is exact', async () => {
    const { matrix } = await planes(W, 2, 10, 5);
    expect(await matrix.read().array()).toEqual(W);
  });

  test('gMin 0, gMax 25: w = (−1, .5) → g⁺ = (0, 12.5), g⁻ = (25, 0)', async () => {
    const { mapping } = labArrays();
    const window = { gMin: 0, gMax: 25 };
    const u = tf.tensor1d([-1, 0.5]);
    const encode = (plane: number) =>
      values(evaluate(mapping.encode(plane, { op: 'input', name: 'u' }, window), { u }, [2]));
    expect(encode(0)).toEqual([0, 12.5]);
    expect(encode(1)).toEqual([25, 0]);
    table.row('w = (−1, 0.5), 0 to 25: G⁺, G⁻', ...beside([0, 12.5, 25, 0], [...encode(0), ...encode(1)]));
  });
});

test('W = [[.5, −.25, 1], [−1, .75, .125]], x = [.2, −.6, .9], 1 kΩ to 10 kΩ, one-sided pair in arrays of their own, 1 Ω wires → 1.1467526, −.5350784', async () => {
  const weights = tf.tensor2d([
    [0.5, -1],
    [-0.25, 0.75],
    [1, 0.125],
  ]);
  const matrix = await labMatrix(weights, {
    device: { use: 'device-models/ideal', gMin: 1e-4, gMax: 1e-3 },
    mapping: { use: 'mapping', weightRange: 1 },
    wire: { use: 'wire-resistance', row: 1, column: 1, source: 0, sink: 0 },
  });
  const [a, b] = values(matrix.forward(tf.tensor2d([[0.2, -0.6, 0.9]])));
  // The expected values are the exact network's; the closed form is within a tenth of a percent of the wires' effect.
  expect(Math.abs(a! - 1.1467526)).toBeLessThan(0.001 * (1.15 - 1.1467526));
  expect(Math.abs(b! + 0.5350784)).toBeLessThan(0.001 * (0.5375 - 0.5350784));
  table.row('2 × 3 signed, 1 Ω wires, `ladder`', ...beside([1.1467526, -0.5350784], [a!, b!], DIGITS));
});

test('two-bit cells, one-sided: stored [[2/3, −1/3, 1], [−1, 2/3, 0]], y = [1.2333333, −.6]', async () => {
  const weights = tf.tensor2d([
    [0.5, -1],
    [-0.25, 0.75],
    [1, 0.125],
  ]);
  const mapping = { use: 'mapping/bit-slicing', cellBits: 2, slices: 1, weightRange: 1 };
  const matrix = await labMatrix(weights, { mapping });
  const stored = [2 / 3, -1, -1 / 3, 2 / 3, 1, 0];
  values(matrix.read()).forEach((w, i) => expect(Math.abs(w - stored[i]!)).toBeLessThan(1e-6));
  const [a, b] = values(matrix.forward(tf.tensor2d([[0.2, -0.6, 0.9]])));
  expect(Math.abs(a! - 1.2333333)).toBeLessThan(1e-6);
  expect(Math.abs(b! + 0.6)).toBeLessThan(1e-6);
  table.row('two-bit cells', ...beside([1.2333333, -0.6], [a!, b!], DIGITS));
});

table.isOnPage();
