import { tileOuter, tileProduct, tileSum, toTiles, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { cellCount, cellOf, grids } from '../support/grids.js';
import { distance, normals } from '../support/numbers.js';

beforeAll(() => tf.setBackend('cpu'));

const batches = fc.integer({ min: 1, max: 5 });
const lines = (name: string, batch: number, length: number): tf.Tensor2D =>
  tf.tensor2d(normals(name, batch * length), [batch, length]);
/** Something in the padding too: what lies there must not reach a sum that is used. */
const planeOf = (grid: TileGrid): tf.Tensor4D => {
  const w = tf.tensor2d(normals('w', grid.inputs * grid.outputs), [grid.inputs, grid.outputs]);
  return toTiles(w, grid, 100);
};

test('forward: I[r, c, b, j] = Σᵢ x[b, input(r, i)] · G[r, c, i, j], and the sum over r is x·W', () => {
  fc.assert(
    fc.property(grids, batches, (grid, batch) => {
      const [x, tiles] = [lines('x', batch, grid.inputs), planeOf(grid)];
      const [xs, gs] = [x.dataSync(), tiles.dataSync()];
      const currents = new Float64Array(grid.tileRows * grid.tileColumns * batch * grid.columns);
      const sums = new Float64Array(batch * grid.outputs);
      for (let b = 0; b < batch; b++) {
        for (let k = 0; k < grid.inputs; k++) {
          const row = k + grid.tileRows * grid.rows - grid.inputs;
          for (let column = 0; column < grid.tileColumns * grid.columns; column++) {
            const [r, c] = [Math.floor(row / grid.rows), Math.floor(column / grid.columns)];
            const term = xs[b * grid.inputs + k]! * gs[cellOf(grid, k, column)]!;
            currents[((r * grid.tileColumns + c) * batch + b) * grid.columns + (column % grid.columns)]! +=
              term;
            if (column < grid.outputs) sums[b * grid.outputs + column]! += term;
          }
        }
      }
      const product = tileProduct(x, tiles, grid, 'forward');
      expect(product.shape).toEqual([grid.tileRows, grid.tileColumns, batch, grid.columns]);
      expect(distance(product.dataSync(), currents)).toBeLessThan(1e-5);
      const sum = tileSum(product, grid, 'forward');
      expect(sum.shape).toEqual([batch, grid.outputs]);
      expect(distance(sum.dataSync(), sums)).toBeLessThan(1e-5);
    }),
  );
});

test('backward: I[r, c, b, i] = Σⱼ d[b, output(c, j)] · G[r, c, i, j], and the sum over c is d·Wᵀ', () => {
  fc.assert(
    fc.property(grids, batches, (grid, batch) => {
      const [d, tiles] = [lines('d', batch, grid.outputs), planeOf(grid)];
      const [ds, gs] = [d.dataSync(), tiles.dataSync()];
      const currents = new Float64Array(grid.tileRows * grid.tileColumns * batch * grid.rows);
      const sums = new Float64Array(batch * grid.inputs);
      for (let b = 0; b < batch; b++) {
        for (let row = 0; row < grid.tileRows * grid.rows; row++) {
          const k = row - (grid.tileRows * grid.rows - grid.inputs);
          for (let o = 0; o < grid.outputs; o++) {
            const [r, c] = [Math.floor(row / grid.rows), Math.floor(o / grid.columns)];
            const term = ds[b * grid.outputs + o]! * gs[cellOf(grid, k, o)]!;
            currents[((r * grid.tileColumns + c) * batch + b) * grid.rows + (row % grid.rows)]! += term;
            if (k >= 0) sums[b * grid.inputs + k]! += term;
          }
        }
      }
      const product = tileProduct(d, tiles, grid, 'backward');
      expect(product.shape).toEqual([grid.tileRows, grid.tileColumns, batch, grid.rows]);
      expect(distance(product.dataSync(), currents)).toBeLessThan(1e-5);
      const sum = tileSum(product, grid, 'backward');
      expect(sum.shape).toEqual([batch, grid.inputs]);
      expect(distance(sum.dataSync(), sums)).toBeLessThan(1e-5);
    }),
  );
});

test('outer: U[r, c, i, j] = Σ_b x[b, input(r, i)] · d[b, output(c, j)], 0 in the padding', () => {
  fc.assert(
    fc.property(grids, batches, (grid, batch) => {
      const [x, d] = [lines('x', batch, grid.inputs), lines('d', batch, grid.outputs)];
      const [xs, ds] = [x.dataSync(), d.dataSync()];
      const expected = new Float64Array(cellCount(grid));
      for (let b = 0; b < batch; b++) {
        for (let k = 0; k < grid.inputs; k++) {
          for (let o = 0; o < grid.outputs; o++) {
            expected[cellOf(grid, k, o)]! += xs[b * grid.inputs + k]! * ds[b * grid.outputs + o]!;
          }
        }
      }
      expect(distance(tileOuter(x, d, grid).dataSync(), expected)).toBeLessThan(1e-5);
    }),
  );
});
