import type { TileGrid } from '@txsim/ops';

/** Lines per array are rounded up to a multiple of this where the array is large enough: whole SIMD vectors. */
const VECTOR = 8;

/** The fewest arrays of at most `rows × columns`, all of one size, as equal as whole vectors allow. */
export function equalGrid(inputs: number, outputs: number, rows: number, columns: number): TileGrid {
  const tileRows = Math.ceil(inputs / rows);
  const tileColumns = Math.ceil(outputs / columns);
  return {
    inputs,
    outputs,
    tileRows,
    tileColumns,
    rows: share(inputs, tileRows, rows),
    columns: share(outputs, tileColumns, columns),
  };
}

const share = (lines: number, tiles: number, limit: number): number =>
  Math.min(limit, VECTOR * Math.ceil(lines / tiles / VECTOR));
