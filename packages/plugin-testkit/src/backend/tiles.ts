import {
  tileOuter,
  tileOuterReference,
  tileProduct,
  tileProductReference,
  tileSum,
  tileSumReference,
  type Direction,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Promised } from '../support/promises.js';
import { tileGrids } from '../support/tile-grids.js';
import type { Parity } from './parity.js';
import { uniforms } from './tensors.js';

const PRODUCTS = 1e-5;

const grids = tileGrids(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(16, 17, 21, 32, 33)));
const batches = fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 20 }), fc.constantFrom(31, 40));
const directions = fc.constantFrom<Direction>('forward', 'backward');

/** What holds of the products of tiles, for grids of any size and padding. */
export function promiseTiles(promised: Promised, { close, cases }: Parity): void {
  /** Half of the lines are silent. */
  const lines = (shape: [number, number], seed: number): tf.Tensor2D =>
    tf.relu(uniforms<tf.Rank.R2>(shape, seed));
  const product = (grid: TileGrid, batch: number, direction: Direction): Promise<void> => {
    const x = () => lines([batch, direction === 'forward' ? grid.inputs : grid.outputs], 1);
    const g = () => uniforms<tf.Rank.R4>([grid.tileRows, grid.tileColumns, grid.rows, grid.columns], 2);
    return close(() => tileProduct(x(), g(), grid, direction), () => tileProductReference(x(), g(), { grid, direction }), PRODUCTS); // prettier-ignore
  };
  const sum = (grid: TileGrid, batch: number, direction: Direction): Promise<void> => {
    const length = direction === 'forward' ? grid.columns : grid.rows;
    const currents = () => uniforms<tf.Rank.R4>([grid.tileRows, grid.tileColumns, batch, length], 3);
    return close(() => tileSum(currents(), grid, direction), () => tileSumReference(currents(), { grid, direction }), PRODUCTS); // prettier-ignore
  };
  const outer = (grid: TileGrid, batch: number): Promise<void> => {
    const x = () => lines([batch, grid.inputs], 4);
    const d = () => uniforms<tf.Rank.R2>([batch, grid.outputs], 5);
    return close(() => tileOuter(x(), d(), grid), () => tileOuterReference(x(), d(), grid), PRODUCTS); // prettier-ignore
  };

  promised('tile products on any grid, in both directions', () =>
    fc.assert(fc.asyncProperty(grids, batches, directions, product), cases),
  );
  promised('tile sums on any grid, in both directions', () =>
    fc.assert(fc.asyncProperty(grids, batches, directions, sum), cases),
  );
  promised('outer products on any grid', () => fc.assert(fc.asyncProperty(grids, batches, outer), cases));
  const particular: Record<string, [TileGrid, number]> = {
    '64 × 64 tiles with a padded first row and last column': [{ inputs: 150, outputs: 100, tileRows: 3, tileColumns: 2, rows: 64, columns: 64 }, 16],
    'padding of more than a whole tile': [{ inputs: 3, outputs: 2, tileRows: 3, tileColumns: 3, rows: 4, columns: 5 }, 3],
    'hundreds of samples': [{ inputs: 40, outputs: 30, tileRows: 2, tileColumns: 1, rows: 21, columns: 32 }, 300],
  }; // prettier-ignore
  for (const [name, [grid, batch]] of Object.entries(particular)) {
    promised(`products, sums and outer products: ${name}`, async () => {
      for (const direction of ['forward', 'backward'] as const) {
        await product(grid, batch, direction);
        await sum(grid, batch, direction);
      }
      await outer(grid, batch);
    });
  }
  promised('no samples: empty products, updates of 0', async () => {
    const grid = { inputs: 3, outputs: 2, tileRows: 1, tileColumns: 1, rows: 3, columns: 2 };
    const update = tileOuter(tf.zeros([0, 3]), tf.zeros([0, 2]), grid);
    expect(Array.from(await update.data(), Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(tileProduct(tf.zeros([0, 3]), tf.ones([1, 1, 3, 2]), grid, 'forward').shape).toEqual([1, 1, 0, 2]);
  });
}
