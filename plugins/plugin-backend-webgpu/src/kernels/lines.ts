import { rowOffset, type TileGrid } from '@txsim/ops';

/**
 * WGSL that reads what drives a tile, 0 in the padding, for `z` = tile row · tileColumns + tile column:
 * `row` reads x[sample, input(r, i)] from the buffer `name`, `column` reads d[sample, output(c, j)].
 * Each term is a WGSL index; `zero` is that of the buffer's type.
 */
export const readLine = {
  row: (name: string, sample: string, i: string, zero = '0.0'): string => `
  let line = z / uniforms.tileColumns * uniforms.tileHeight + ${i};
  if (line < uniforms.padding) { return ${zero}; }
  return ${name}[${sample} * uniforms.inputs + line - uniforms.padding];`,
  column: (name: string, sample: string, j: string, zero = '0.0'): string => `
  let line = z % uniforms.tileColumns * uniforms.tileWidth + ${j};
  if (line >= uniforms.outputs) { return ${zero}; }
  return ${name}[${sample} * uniforms.outputs + line];`,
};

/** The uniforms that `readLine` and its users need. */
export const gridIntegers = (grid: TileGrid): Record<string, number> => ({
  tileColumns: grid.tileColumns,
  tileHeight: grid.rows,
  tileWidth: grid.columns,
  inputs: grid.inputs,
  outputs: grid.outputs,
  padding: rowOffset(grid),
});
