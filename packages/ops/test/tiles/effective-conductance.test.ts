import { effectiveConductance, toTiles, fromTiles, type LineResistances } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { distance, uniforms } from '../support/numbers.js';

beforeAll(() => tf.setBackend('cpu'));

const WIRES: LineResistances = { row: 2.5, column: 3, rowEnd: 502.5, columnEnd: 103 };
const SIZES = [[1, 1], [1, 7], [7, 1], [5, 8], [16, 16], [64, 33]] as const; // prettier-ignore

/** Conductances from 1 to 10 µS, some of them 0. */
const conductances = (rows: number, columns: number): tf.Tensor2D => {
  const g = uniforms(`g ${rows} ${columns}`, rows * columns, 1e-6, 1e-5);
  return tf.tensor2d(g.map((v, i) => (i % 11 === 5 ? 0 : v)), [rows, columns]); // prettier-ignore
};
const solve = (g: tf.Tensor, wires: Partial<LineResistances>): Float32Array =>
  effectiveConductance(g, {
    row: 0,
    column: 0,
    rowEnd: 0,
    columnEnd: 0,
    ...wires,
  }).dataSync() as Float32Array;

/** Float64: a line held at 1 V through `end`, cells to ground; the voltage at each cell, nearest first. */
function profile(cells: number[], segment: number, end: number): number[] {
  // Admittance into cell k and all behind it.
  const y = [...cells];
  for (let k = cells.length - 2; k >= 0; k--) y[k]! += 1 / (segment + 1 / y[k + 1]!);
  let v = 1 / (1 + end * y[0]!);
  return cells.map((_, k) => (k === 0 ? v : (v /= 1 + segment * y[k]!)));
}

describe('exact where one side is ideal', () => {
  test.each(SIZES)('%d × %d, ideal bit lines: every word line is a ladder of its own', (M, N) => {
    const g = conductances(M, N);
    const rows = g.arraySync();
    const expected = rows.flatMap((cells) => {
      const v = profile(cells, WIRES.row, WIRES.rowEnd);
      return cells.map((c, j) => c * v[j]!);
    });
    expect(distance(solve(g, { row: WIRES.row, rowEnd: WIRES.rowEnd }), expected)).toBeLessThan(2e-6);
  });

  test.each(SIZES)(
    '%d × %d, ideal word lines: every bit line is a ladder of its own, held behind its last row',
    (M, N) => {
      const g = conductances(M, N);
      const rows = g.arraySync();
      const profiles = Array.from({ length: N }, (_, j) =>
        profile(rows.map((cells) => cells[j]!).reverse(), WIRES.column, WIRES.columnEnd).reverse(),
      );
      const expected = rows.flatMap((cells, i) => cells.map((c, j) => c * profiles[j]![i]!));
      expect(distance(solve(g, { column: WIRES.column, columnEnd: WIRES.columnEnd }), expected)).toBeLessThan(
        2e-6,
      );
    },
  );
});

describe('degenerate arrays', () => {
  test.each(SIZES)('%d × %d without resistances is G', (M, N) => {
    const g = conductances(M, N);
    expect(distance(solve(g, {}), g.dataSync())).toBeLessThan(1e-6);
  });

  test.each(SIZES)('%d × %d without conductances is 0, not NaN', (M, N) => {
    expect(solve(tf.zeros([M, N]), WIRES).every((v) => v === 0)).toBe(true);
  });

  test('1 × 1 is three resistors in series: g / (1 + g·(rowEnd + columnEnd))', () => {
    for (const g of [1e-9, 1e-6, 1e-4, 1e-2, 1]) {
      const expected = g / (1 + g * (WIRES.rowEnd + WIRES.columnEnd));
      expect(solve(tf.tensor2d([[g]]), WIRES)[0]! / expected).toBeCloseTo(1, 5);
    }
  });

  test('one cell in an empty array sees the wires of its row and column', () => {
    const [M, N, i, j, g] = [6, 5, 2, 3, 1e-3];
    const cells = new Float32Array(M * N);
    cells[i * N + j] = g;
    const ohms = WIRES.rowEnd + j * WIRES.row + WIRES.columnEnd + (M - 1 - i) * WIRES.column;
    const expected = cells.map((c) => c / (1 + c * ohms));
    expect(distance(solve(tf.tensor2d(cells, [M, N]), WIRES), expected)).toBeLessThan(1e-5);
  });

  test('nearly ideal wires are nearly G', () => {
    const g = conductances(64, 64);
    // Where the amplitude of the sneak paths is rounding noise over rounding noise.
    for (const ohms of [1e-15, 1e-12, 1e-9, 1e-6]) {
      const wires = { row: ohms, column: ohms, rowEnd: ohms, columnEnd: ohms };
      expect(distance(solve(g, wires), g.dataSync())).toBeLessThan(1e-5);
    }
  });
});

describe('what the physics demands', () => {
  const g = conductances(12, 9);
  const effective = solve(g, WIRES);

  test('wires take away from every line: 0 ≤ Geff, and its sums over rows and columns are at most those of G', () => {
    expect(effective.every((v) => v >= 0)).toBe(true);
    for (const axis of [0, 1]) {
      const shares = tf.sum(tf.tensor2d(effective, g.shape), axis).div(tf.sum(g, axis));
      expect(shares.dataSync().every((share) => share > 0.5 && share < 1)).toBe(true);
    }
  });

  test('only products of resistance and conductance count', () => {
    const scaled = solve(tf.mul(g, 1000), {
      row: WIRES.row / 1000,
      column: WIRES.column / 1000,
      rowEnd: WIRES.rowEnd / 1000,
      columnEnd: WIRES.columnEnd / 1000,
    });
    expect(distance(scaled.map((v) => v / 1000), effective)).toBeLessThan(1e-5); // prettier-ignore
  });

  test('the array is reciprocal: driven from the bit lines it is the transpose', () => {
    const turned = tf.reverse(tf.transpose(g), [0, 1]);
    const lines = { row: WIRES.column, column: WIRES.row, rowEnd: WIRES.columnEnd, columnEnd: WIRES.rowEnd };
    const back = tf.transpose(tf.reverse(effectiveConductance(turned, lines), [0, 1]));
    expect(distance(back.dataSync(), effective)).toBeLessThan(1e-5);
  });

  test('leading dimensions are independent arrays', () => {
    const [a, b] = [conductances(4, 6), conductances(6, 4).reshape([4, 6])];
    const both = effectiveConductance(tf.stack([a, b]).reshape([2, 1, 4, 6]), WIRES);
    expect(both.shape).toEqual([2, 1, 4, 6]);
    expect(distance(both.dataSync(), [...solve(a, WIRES), ...solve(b, WIRES)])).toBeLessThan(1e-6);
  });

  test('unused lines of a padded tile change nothing', () => {
    const grid = { inputs: 12, outputs: 9, tileRows: 1, tileColumns: 1, rows: 16, columns: 16 };
    const padded = effectiveConductance(toTiles(g, grid), WIRES);
    expect(distance(fromTiles(padded, grid).dataSync(), effective)).toBeLessThan(1e-5);
  });
});
