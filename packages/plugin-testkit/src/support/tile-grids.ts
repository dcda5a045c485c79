import type { TileGrid } from '@txsim/ops';
import fc from 'fast-check';

/**
 * Grids of up to 3 × 3 tiles, their first rows and last columns partly unused.
 *
 * @param edge rows, or columns, of a tile
 */
export const tileGrids = (edge: fc.Arbitrary<number>): fc.Arbitrary<TileGrid> =>
  fc
    .record({
      tileRows: fc.integer({ min: 1, max: 3 }),
      tileColumns: fc.integer({ min: 1, max: 3 }),
      rows: edge,
      columns: edge,
      cutRows: fc.nat(8),
      cutColumns: fc.nat(8),
    })
    .map(({ cutRows, cutColumns, ...g }) => ({
      ...g,
      inputs: g.tileRows * g.rows - Math.min(cutRows, g.rows - 1),
      outputs: g.tileColumns * g.columns - Math.min(cutColumns, g.columns - 1),
    }));
