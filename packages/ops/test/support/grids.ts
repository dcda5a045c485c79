import type { TileGrid } from '@txsim/ops';
import fc from 'fast-check';

// The same cases in every run.
fc.configureGlobal({ seed: 1 });

/** Grids of up to 3 × 3 arrays of odd and even sizes, with any padding that leaves no array empty. */
export const grids: fc.Arbitrary<TileGrid> = fc
  .record({
    tileRows: fc.integer({ min: 1, max: 3 }),
    tileColumns: fc.integer({ min: 1, max: 3 }),
    rows: fc.integer({ min: 1, max: 7 }),
    columns: fc.integer({ min: 1, max: 7 }),
    unusedRows: fc.nat(),
    unusedColumns: fc.nat(),
  })
  .map(({ unusedRows, unusedColumns, ...grid }) => ({
    ...grid,
    inputs: grid.tileRows * grid.rows - (unusedRows % grid.rows),
    outputs: grid.tileColumns * grid.columns - (unusedColumns % grid.columns),
  }));

/** Where W[input, output] lies in [tileRows, tileColumns, rows, columns], as one index. */
export function cellOf(g: TileGrid, input: number, output: number): number {
  const row = input + g.tileRows * g.rows - g.inputs;
  const [r, i] = [Math.floor(row / g.rows), row % g.rows];
  const [c, j] = [Math.floor(output / g.columns), output % g.columns];
  return ((r * g.tileColumns + c) * g.rows + i) * g.columns + j;
}

/** All cells of a grid, the unused ones too. */
export const cellCount = (g: TileGrid): number => g.tileRows * g.tileColumns * g.rows * g.columns;
