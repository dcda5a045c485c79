/**
 * A matrix W[inputs, outputs] cut into `tileRows × tileColumns` arrays of `rows × columns`, kept as one tensor
 * `[tileRows, tileColumns, rows, columns]`.
 *
 * Lines that are not used lie at the far ends, where an open line changes nothing: the first rows of the first tile
 * row (bit lines are sensed behind their last row) and the last columns of the last tile column (word lines are driven
 * before their first column). Input k is row `k + offset`, `offset = tileRows·rows − inputs`; output k is column k.
 */
export interface TileGrid {
  readonly inputs: number;
  readonly outputs: number;
  readonly tileRows: number;
  readonly tileColumns: number;
  readonly rows: number;
  readonly columns: number;
}

/** The shape of one plane of conductances. */
export const planeShape = (g: TileGrid): [number, number, number, number] => [
  g.tileRows,
  g.tileColumns,
  g.rows,
  g.columns,
];

/** Rows of the padding in front of input 0. */
export const rowOffset = (g: TileGrid): number => g.tileRows * g.rows - g.inputs;

/** Columns of the padding behind the last output. */
export const columnPadding = (g: TileGrid): number => g.tileColumns * g.columns - g.outputs;
