import { multiplyPanel } from '../matrix/multiply-panel';
import { packPanel } from '../matrix/panel';
import { transpose } from '../matrix/transpose';

/** Samples per pass: a panel of d (8 KiB) stays in the first-level cache. */
const DEPTH = 256;

/**
 * U[r, c, i, j] = Σ_b x[b, r·rows + i − offset] · d[b, c·columns + j], 0 in the padding.
 *
 * @param workspace 160 + 4 · 256 · (rows + tileColumns · (columns + 7)) bytes
 */
export function tileOuter(
  tileRows: i32,
  tileColumns: i32,
  rows: i32,
  columns: i32,
  inputs: i32,
  outputs: i32,
  batch: i32,
  x: usize,
  d: usize,
  out: usize,
  workspace: usize,
): void {
  const offset = tileRows * rows - inputs;
  const padded = offset > 0 || tileColumns * columns > outputs || batch == 0;
  if (padded) memory.fill(out, 0, 4 * tileRows * tileColumns * rows * columns);
  if (batch == 1) return outerOfOne(tileRows, tileColumns, rows, columns, outputs, offset, x, d, out);
  const lines = workspace + 160;
  const panels = lines + 4 * DEPTH * rows;
  for (let b = 0; b < batch; b += DEPTH) {
    const depth = min(DEPTH, batch - b);
    packDeltas(tileColumns, columns, outputs, depth, d + 4 * b * outputs, panels);
    for (let r = 0; r < tileRows; r++) {
      const first = min(rows, max(0, offset - r * rows));
      const from = x + 4 * (b * inputs + r * rows + first - offset);
      transpose(depth, rows - first, from, 4 * inputs, lines, 4 * depth);
      const target = out + 4 * (r * tileColumns * rows + first) * columns;
      outerOfTiles(
        tileColumns,
        rows,
        columns,
        outputs,
        rows - first,
        depth,
        panels,
        target,
        b > 0,
        workspace,
      );
    }
  }
}

function packDeltas(tileColumns: i32, columns: i32, outputs: i32, depth: i32, d: usize, panels: usize): void {
  for (let c = 0; c < tileColumns; c++) {
    const used = min(columns, outputs - c * columns);
    for (let j = 0; j < used; j += 8) {
      packPanel(depth, min(8, used - j), d + 4 * (c * columns + j), 4 * outputs, panels);
      panels += 32 * depth;
    }
  }
}

function outerOfTiles(
  tileColumns: i32,
  rows: i32,
  columns: i32,
  outputs: i32,
  usedRows: i32,
  depth: i32,
  panels: usize,
  out: usize,
  accumulate: bool,
  workspace: usize,
): void {
  const lines = workspace + 160;
  for (let c = 0; c < tileColumns; c++) {
    const used = min(columns, outputs - c * columns);
    for (let j = 0; j < used; j += 8) {
      const width = min(8, used - j);
      const target = out + 4 * j;
      multiplyPanel(
        usedRows,
        width,
        depth,
        lines,
        4 * depth,
        panels,
        target,
        4 * columns,
        accumulate,
        workspace,
      );
      panels += 32 * depth;
    }
    out += 4 * rows * columns;
  }
}

/** One sample: a row is the deltas times its input, or 0. */
function outerOfOne(
  tileRows: i32,
  tileColumns: i32,
  rows: i32,
  columns: i32,
  outputs: i32,
  offset: i32,
  x: usize,
  d: usize,
  out: usize,
): void {
  const zero = f32x4.splat(0);
  for (let r = 0; r < tileRows; r++) {
    for (let c = 0; c < tileColumns; c++) {
      const used = min(columns, outputs - c * columns);
      const whole = used & ~3;
      const from = d + 4 * c * columns;
      for (let i = 0; i < rows; i++, out += 4 * columns) {
        const line = r * rows + i - offset;
        if (line < 0) continue;
        const v = load<f32>(x + 4 * line);
        if (v == 0) {
          memory.fill(out, 0, 4 * used);
          continue;
        }
        const all = f32x4.splat(v);
        for (let j = 0; j < whole; j += 4)
          v128.store(out + 4 * j, f32x4.add(zero, f32x4.mul(all, v128.load(from + 4 * j))));
        for (let j = whole; j < used; j++) store<f32>(out + 4 * j, v * load<f32>(from + 4 * j) + 0);
      }
    }
  }
}
