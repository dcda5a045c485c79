import { planeShape, type TileGrid } from '@txsim/ops';
import { gridIntegers, readLine } from '../lines.js';
import { sizeOf } from '../shader.js';

/** WGSL: the trains, or the values, of a cell's row and column in a sample of the buffers `x` and `d`. */
export const lines = (type: 'i32' | 'f32'): string => {
  const zero = type === 'i32' ? '0' : '0.0';
  return `
fn txRow(z : u32, sample : u32, i : u32) -> ${type} {${readLine.row('x', 'sample', 'i', zero)}
}
fn txColumn(z : u32, sample : u32, j : u32) -> ${type} {${readLine.column('d', 'sample', 'j', zero)}
}
`;
};

/** WGSL: which cell the thread is, number `cell` of the plane. */
export const CELL = `
  let cell = u32(index);
  if (cell >= uniforms.cells) { return; }
  let z = cell / (uniforms.tileHeight * uniforms.tileWidth);
  let i = cell / uniforms.tileWidth % uniforms.tileHeight;
  let j = cell % uniforms.tileWidth;`;

/** The uniforms of `lines` and `CELL`. */
export const cellIntegers = (grid: TileGrid, batch: number): Record<string, number> => ({
  cells: sizeOf(planeShape(grid)),
  batch,
  ...gridIntegers(grid),
});
