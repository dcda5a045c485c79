import { multiplyPanel } from '../matrix/multiply-panel';
import { packPanelTransposed } from '../matrix/panel';
import { transpose } from '../matrix/transpose';

/**
 * I[r, c, b, i] = Σⱼ d[b, c·columns + j] · G[r, c, i, j]; outputs beyond the last do not exist. Computed as
 * Iᵀ = G · dᵀ in strips of eight samples, so that no tile is ever transposed.
 *
 * @param workspace 160 + 32 · (rows + columns) bytes
 */
export function tileProductBackward(
  tileRows: i32,
  tileColumns: i32,
  rows: i32,
  columns: i32,
  outputs: i32,
  batch: i32,
  d: usize,
  g: usize,
  out: usize,
  workspace: usize,
): void {
  const tileSize = 4 * rows * columns;
  const outSize = 4 * batch * rows;
  for (let c = 0; c < tileColumns; c++) {
    const count = max(0, min(columns, outputs - c * columns));
    for (let b = 0; b < batch; b += 8) {
      const width = min(8, batch - b);
      const lines = d + 4 * (b * outputs + c * columns);
      packPanelTransposed(count, width, lines, 4 * outputs, workspace + 160);
      for (let r = 0; r < tileRows; r++) {
        const tile = r * tileColumns + c;
        stripOfTile(
          rows,
          columns,
          count,
          width,
          g + tile * tileSize,
          out + tile * outSize + 4 * b * rows,
          workspace,
        );
      }
    }
  }
}

function stripOfTile(
  rows: i32,
  columns: i32,
  count: i32,
  width: i32,
  g: usize,
  out: usize,
  workspace: usize,
): void {
  const panel = workspace + 160;
  const strip = panel + 32 * columns;
  multiplyPanel(rows, 8, count, g, 4 * columns, panel, strip, 32, false, workspace);
  transpose(rows, width, strip, 32, out, 4 * rows);
}
