import { multiplyPanel } from './multiply-panel';
import { packPanel, packPanelTransposed } from './panel';
import { transpose } from './transpose';

/** Block sizes: a panel of B (8 KiB) stays in the first-level cache, a block of A (240 KiB) in the second. */
const DEPTH = 256;
const HEIGHT = 240;
const WIDTH = 768;

/**
 * C[m, n] (+)= op(A)[m, k] · op(B)[k, n], row-major, op the identity or the transposition.
 *
 * @param workspace 160 + 4 · 256 · (240 + 768) bytes
 */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aStride: usize,
  transposeA: bool,
  b: usize,
  bStride: usize,
  transposeB: bool,
  c: usize,
  workspace: usize,
  accumulate: bool,
): void {
  if (k == 0 && !accumulate) memory.fill(c, 0, 4 * m * n);
  const panels = workspace + 160 + 4 * DEPTH * HEIGHT;
  for (let j = 0; j < n; j += WIDTH) {
    const columns = min(WIDTH, n - j);
    for (let p = 0; p < k; p += DEPTH) {
      const depth = min(DEPTH, k - p);
      const from = transposeB ? b + j * bStride + 4 * p : b + p * bStride + 4 * j;
      packPanels(depth, columns, from, bStride, transposeB, panels);
      for (let i = 0; i < m; i += HEIGHT) {
        const rows = min(HEIGHT, m - i);
        let block = transposeA ? a + p * aStride + 4 * i : a + i * aStride + 4 * p;
        let stride = aStride;
        if (transposeA) {
          stride = 4 * depth;
          transpose(depth, rows, block, aStride, workspace + 160, stride);
          block = workspace + 160;
        }
        multiplyBlock(
          rows,
          columns,
          depth,
          block,
          stride,
          panels,
          c + 4 * (i * n + j),
          4 * n,
          accumulate || p > 0,
          workspace,
        );
      }
    }
  }
}

function packPanels(
  depth: i32,
  columns: i32,
  b: usize,
  bStride: usize,
  transposed: bool,
  panels: usize,
): void {
  for (let j = 0; j < columns; j += 8) {
    const width = min(8, columns - j);
    if (transposed) packPanelTransposed(depth, width, b + j * bStride, bStride, panels);
    else packPanel(depth, width, b + 4 * j, bStride, panels);
    panels += 32 * depth;
  }
}

function multiplyBlock(
  rows: i32,
  columns: i32,
  depth: i32,
  a: usize,
  aStride: usize,
  panels: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
  spare: usize,
): void {
  for (let j = 0; j < columns; j += 8) {
    multiplyPanel(
      rows,
      min(8, columns - j),
      depth,
      a,
      aStride,
      panels,
      c + 4 * j,
      cStride,
      accumulate,
      spare,
    );
    panels += 32 * depth;
  }
}
