import { multiplyPanel } from '../matrix/multiply-panel';
import { packPanel } from '../matrix/panel';

/**
 * I[r, c, b, j] = Σᵢ x[b, r·rows + i − offset] · G[r, c, i, j], offset = tileRows·rows − inputs; inputs before 0 do
 * not exist.
 *
 * @param workspace 160 + 32 · rows bytes
 */
export function tileProductForward(
  tileRows: i32,
  tileColumns: i32,
  rows: i32,
  columns: i32,
  inputs: i32,
  batch: i32,
  x: usize,
  g: usize,
  out: usize,
  workspace: usize,
): void {
  const offset = tileRows * rows - inputs;
  for (let r = 0; r < tileRows; r++) {
    const first = min(rows, max(0, offset - r * rows));
    const lines = x + 4 * (r * rows + first - offset);
    for (let c = 0; c < tileColumns; c++) {
      const used = g + 4 * first * columns;
      productOfTile(batch, columns, rows - first, lines, 4 * inputs, used, out, workspace);
      g += 4 * rows * columns;
      out += 4 * batch * columns;
    }
  }
}

function productOfTile(
  batch: i32,
  columns: i32,
  count: i32,
  lines: usize,
  stride: usize,
  g: usize,
  out: usize,
  workspace: usize,
): void {
  const panel = workspace + 160;
  for (let j = 0; j < columns; j += 8) {
    const width = min(8, columns - j);
    packPanel(count, width, g + 4 * j, 4 * columns, panel);
    multiplyPanel(batch, width, count, lines, stride, panel, out + 4 * j, 4 * columns, false, workspace);
  }
}
