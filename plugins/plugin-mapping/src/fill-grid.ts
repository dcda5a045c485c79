import type { TileGrid } from '@txsim/ops';
import { equalGrid } from './equal-grid.js';

/** The fewest arrays of `rows × columns`, all but those at the edges full; a matrix that fits into one gets its own size. */
export function fillGrid(inputs: number, outputs: number, rows: number, columns: number): TileGrid {
  const grid = equalGrid(inputs, outputs, rows, columns);
  return {
    ...grid,
    rows: grid.tileRows === 1 ? grid.rows : rows,
    columns: grid.tileColumns === 1 ? grid.columns : columns,
  };
}
