import { rowOffset, type Direction, type TileGrid } from '@txsim/ops';

/** A run of lines that a tile has in use, among all lines of the matrix and among its own. */
export interface Run {
  /** The first one's number in the digital vector. */
  readonly from: number;
  /** The tile's own lines before it. */
  readonly skip: number;
  readonly count: number;
}

/** One tile in one direction. */
export interface TileLines {
  readonly index: number;
  /** The number of its driven lines among those of other tiles: its tile row (forward) or tile column. */
  readonly group: number;
  readonly driven: Run;
  readonly sensed: Run;
}

/** A matrix in one direction: its rows (forward) or its columns (backward) are driven. */
export interface Lines {
  /** Elements of the input and of the output vector. */
  readonly inputs: number;
  readonly outputs: number;
  /** Lines of a tile, used or not, that are driven and that are sensed. */
  readonly drivenLength: number;
  readonly sensedLength: number;
  /** What drives each group of tiles. */
  readonly groups: readonly Run[];
  readonly tiles: readonly TileLines[];
}

function rowsOf(grid: TileGrid, tileRow: number): Run {
  const start = tileRow * grid.rows - rowOffset(grid);
  const skip = Math.min(grid.rows, Math.max(0, -start));
  return { from: start + skip, skip, count: grid.rows - skip };
}

function columnsOf(grid: TileGrid, tileColumn: number): Run {
  const from = tileColumn * grid.columns;
  return { from, skip: 0, count: Math.max(0, Math.min(grid.columns, grid.outputs - from)) };
}

function make(grid: TileGrid, forward: boolean): Lines {
  const { tileRows, tileColumns } = grid;
  const tiles = Array.from({ length: tileRows * tileColumns }, (_, index): TileLines => {
    const [r, c] = [Math.floor(index / tileColumns), index % tileColumns];
    const [rows, columns] = [rowsOf(grid, r), columnsOf(grid, c)];
    return forward
      ? { index, group: r, driven: rows, sensed: columns }
      : { index, group: c, driven: columns, sensed: rows };
  });
  const groups = Array.from({ length: forward ? tileRows : tileColumns }, (_, group) =>
    forward ? rowsOf(grid, group) : columnsOf(grid, group),
  );
  const [rows, columns] = [grid.rows, grid.columns];
  return forward
    ? { inputs: grid.inputs, outputs: grid.outputs, drivenLength: rows, sensedLength: columns, groups, tiles }
    : {
        inputs: grid.outputs,
        outputs: grid.inputs,
        drivenLength: columns,
        sensedLength: rows,
        groups,
        tiles,
      };
}

const known = new WeakMap<TileGrid, Record<Direction, Lines>>();

/** Which lines of the matrix each tile drives and senses; found by the grid's identity. */
export function linesOf(grid: TileGrid, direction: Direction): Lines {
  let both = known.get(grid);
  if (!both) known.set(grid, (both = { forward: make(grid, true), backward: make(grid, false) }));
  return both[direction];
}
