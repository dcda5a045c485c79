import {
  columnPadding,
  fromTiles,
  planeShape,
  rowOffset,
  toTileColumns,
  toTileRows,
  toTiles,
  usedCells,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { cellCount, cellOf, grids } from '../support/grids.js';
import { normals } from '../support/numbers.js';

beforeAll(() => tf.setBackend('cpu'));

const matrix = (rows: number, columns: number): tf.Tensor2D =>
  tf.tensor2d(normals('matrix', rows * columns), [rows, columns]);

test('fromTiles undoes toTiles, for every grid and fill', () => {
  fc.assert(
    fc.property(grids, fc.float({ noNaN: true, min: -1, max: 1 }), (grid, fill) => {
      const w = matrix(grid.inputs, grid.outputs);
      const tiles = toTiles(w, grid, fill);
      expect(tiles.shape).toEqual(planeShape(grid));
      expect(fromTiles(tiles, grid).dataSync()).toEqual(w.dataSync());
    }),
  );
});

test('unused lines are the first rows of the first tile row and the last columns of the last tile column', () => {
  fc.assert(
    fc.property(grids, (grid) => {
      const w = matrix(grid.inputs, grid.outputs);
      const expected = new Float32Array(cellCount(grid)).fill(0.5);
      const values = w.dataSync();
      for (let k = 0; k < grid.inputs; k++) {
        for (let o = 0; o < grid.outputs; o++) expected[cellOf(grid, k, o)] = values[k * grid.outputs + o]!;
      }
      expect(toTiles(w, grid, 0.5).dataSync()).toEqual(expected);
    }),
  );
});

test('usedCells is 1 where a weight lies and 0 in the padding', () => {
  const grid = { inputs: 3, outputs: 3, tileRows: 2, tileColumns: 1, rows: 2, columns: 4 };
  expect([rowOffset(grid), columnPadding(grid)]).toEqual([1, 1]);
  expect(usedCells(grid).arraySync()).toEqual([
    [
      [
        [0, 0, 0, 0],
        [1, 1, 1, 0],
      ],
    ],
    [
      [
        [1, 1, 1, 0],
        [1, 1, 1, 0],
      ],
    ],
  ]);
});

test('toTileRows and toTileColumns give each tile its part of a batch, 0 on unused lines', () => {
  const grid = { inputs: 3, outputs: 3, tileRows: 2, tileColumns: 2, rows: 2, columns: 2 };
  const x = tf.tensor2d([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(toTileRows(x, grid).arraySync()).toEqual([[[[0, 1], [0, 4]]], [[[2, 3], [5, 6]]]]); // prettier-ignore
  expect(toTileColumns(x, grid).arraySync()).toEqual([[[[1, 2], [4, 5]], [[3, 0], [6, 0]]]]); // prettier-ignore
});
