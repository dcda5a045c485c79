import { solveArray } from '@txsim/circuit-models';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import type * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { gaussian, labMatrix, values } from '../support/laboratory.js';

beforeAll(activateWasm);

const DEVICE = { use: 'device-models/ideal', gMin: 1e-5, gMax: 2e-4 };
const WIRE = { row: 2, column: 3, source: 300, sink: 100 };

const norm = (v: readonly number[]): number => Math.hypot(...v);
const distance = (a: readonly number[], b: readonly number[]): number =>
  norm(a.map((x, i) => x - b[i]!)) / norm(b);

describe('with ideal wires, adjacent columns give what separate arrays give, to rounding', () => {
  test.each([
    { use: 'mapping', sides: 'one' },
    { use: 'mapping', sides: 'two', subtract: 'digital' },
    { use: 'mapping/offset' },
    { use: 'mapping/bit-slicing', cellBits: 2, slices: 3 },
    { use: 'mapping/unary', devices: 2 },
    { use: 'mapping/ternary' },
  ])('%o', async (mapping) => {
    const [x, d] = [gaussian([5, 23], 2), gaussian([5, 17], 3)];
    const results = [];
    for (const placement of ['separate', 'adjacent']) {
      const matrix = await labMatrix(gaussian([23, 17]), {
        mapping: { ...mapping, rows: 12, columns: 24, placement },
      });
      matrix.update(x, d, 0.01);
      results.push([values(matrix.forward(x)), values(matrix.backward(d))]);
      matrix.dispose();
    }
    const [separate, adjacent] = results;
    expect(distance(adjacent![0]!, separate![0]!)).toBeLessThan(1e-6);
    expect(distance(adjacent![1]!, separate![1]!)).toBeLessThan(1e-6);
  });
});

describe('with wires, adjacent columns give the exact solution of the array of interleaved columns', () => {
  const [rows, outputs] = [6, 5];
  const mapping = { use: 'mapping', rows, columns: 2 * outputs, weightRange: 3 };
  const make = (placement: string, subtract = 'analog', method = 'exact') =>
    labMatrix(gaussian([rows, outputs], 4), {
      device: DEVICE,
      mapping: { ...mapping, placement, subtract },
      wire: { use: 'wire-resistance', method, ...WIRE },
    });
  /** Of weight (i, j) the positive device in column 2j, the negative one in column 2j + 1. */
  const arrayOf = (state: readonly tf.Tensor4D[]) => {
    const [plus, minus] = state.map((g) => g.squeeze([0, 1]).arraySync() as unknown as number[][]);
    const conductances = plus!.map((row, i) => row.flatMap((g, j) => [g, minus![i]![j]!]));
    return {
      conductances,
      wire: { row: WIRE.row, column: WIRE.column },
      source: WIRE.source,
      sink: WIRE.sink,
    };
  };
  // 1 V per unit of input: outputs are currents over the window, times wMax.
  const unit = (DEVICE.gMax - DEVICE.gMin) / mapping.weightRange;

  test.each(['analog', 'digital'])('forward, subtracted %s', async (subtract) => {
    const matrix = await make('adjacent', subtract);
    const x = gaussian([3, rows], 7);
    const { currents } = solveArray(
      { ...arrayOf(matrix.state), voltages: x.arraySync() },
      { method: 'exact' },
    );
    const wanted = currents.flatMap((line) => Array.from({ length: outputs }, (_, j) => line[2 * j]! - line[2 * j + 1]!)); // prettier-ignore
    const found = values(matrix.forward(x)).map((y) => y * unit);
    expect(distance(found, wanted)).toBeLessThan(1e-5);
    // It is not the same as in arrays of their own.
    const separate = values((await make('separate', subtract)).forward(x)).map((y) => y * unit);
    expect(distance(separate, wanted)).toBeGreaterThan(1e-3);
  });

  test('backward, the bit lines of a pair at opposite voltages', async () => {
    const matrix = await make('adjacent');
    const d = gaussian([3, outputs], 8);
    const voltages = d.arraySync().map((line) => line.flatMap((v) => [v, -v]));
    const solved = solveArray({ ...arrayOf(matrix.state), voltages }, { method: 'exact', backward: true });
    const found = values(matrix.backward(d)).map((y) => y * unit);
    expect(distance(found, solved.currents.flat())).toBeLessThan(1e-5);
  });

  test('a probe compares with that network, in both directions', async () => {
    const [x, d] = [gaussian([4, rows], 7), gaussian([4, outputs], 8)];
    const exact = (await (await make('adjacent')).probe(x, d))!;
    expect(exact.errors.forward).toBeLessThan(1e-5);
    expect(exact.errors.backward).toBeLessThan(1e-5);
    const matrix = await make('adjacent', 'analog', 'ladder');
    const { errors } = (await matrix.probe(x))!;
    const { currents } = solveArray(
      { ...arrayOf(matrix.state), voltages: x.arraySync() },
      { method: 'exact' },
    );
    const wanted = currents.flatMap((line) => Array.from({ length: outputs }, (_, j) => line[2 * j]! - line[2 * j + 1]!)); // prettier-ignore
    const found = values(matrix.forward(x)).map((y) => y * unit);
    expect(Math.abs(errors.forward - distance(found, wanted))).toBeLessThan(1e-5);
  });
});

test('a tile has as many bit lines as the array, of which each weight takes its devices', async () => {
  const matrix = await labMatrix(gaussian([12, 17]), {
    mapping: { use: 'mapping/unary', devices: 2, rows: 12, columns: 16, placement: 'adjacent' },
  });
  expect(matrix.grid).toMatchObject({ tileColumns: 5, columns: 4 });
  expect(matrix.arrays[0]!.hardware).toEqual({ arrays: 5, rows: 12, columns: 16 });
});
