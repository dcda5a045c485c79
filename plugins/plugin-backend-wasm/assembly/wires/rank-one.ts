import { transpose } from '../matrix/transpose';
import { attenuate, startSums, Sum, sumOfB, sumOfG } from './attenuate';
import { ladder } from './ladder';

/** Rows whose ladders run at a time: what they need (32 KiB for 128 columns) stays in the first-level cache. */
export const STRIP = 32;

/**
 * Geff = B + κ p qᵀ of one array whose sizes are multiples of four, see `effectiveConductance` in @txsim/ops; `out` may
 * not be `g`.
 */
export function rankOne(
  m: i32,
  n: i32,
  g: usize,
  row: f32,
  column: f32,
  rowEnd: f32,
  columnEnd: f32,
  out: usize,
  workspace: usize,
): void {
  const p = workspace;
  const columnScale = p + 4 * m;
  const q = columnScale + 4 * n;
  const rowScale = q + 4 * n;
  const cells = rowScale + 4 * STRIP;
  const profile = cells + 4 * STRIP * n;
  ladder(m, n, g, out, 4 * n, column, columnEnd, columnScale, q);
  const columnCurrent = sumOf(n, q);
  let rowCurrent: f64 = 0;
  startSums();
  for (let i = 0; i < m; i += STRIP) {
    const rows = min(STRIP, m - i);
    const at = 4 * i * n;
    const last = 4 * rows * (n - 1);
    transpose(rows, n, g + at, 4 * n, cells, 4 * rows);
    ladder(n, rows, cells + last, profile + last, -4 * rows, row, rowEnd, rowScale, p + 4 * i);
    rowCurrent += sumOf(rows, p + 4 * i);
    attenuate(rows, n, g + at, profile, rowScale, out + at, columnScale, p + 4 * i, q);
  }
  addRankOne(m, n, amplitude(rowCurrent, columnCurrent), p, q, out);
}

/**
 * κ = w / (a·d − w²) with a = ΣG(1−r), d = ΣG(1−c), w = ΣG(1−r)(1−c). In exact arithmetic w and the determinant are
 * ≥ 0; with nearly ideal wires rounding noise is all that is left there, and κ is 0.
 */
function amplitude(rowCurrent: f64, columnCurrent: f64): f32 {
  const a = sumOfG - rowCurrent;
  const d = sumOfG - columnCurrent;
  const w = a - columnCurrent + sumOfB;
  const determinant = a * d - w * w;
  return w > 0 && determinant > 1e-12 * sumOfG * sumOfG ? f32(w / determinant) : 0;
}

function sumOf(count: i32, at: usize): f64 {
  let sum: f64 = 0;
  for (; count > 0; count -= 4) {
    sum += Sum.lanes(v128.load(at));
    at += 16;
  }
  return sum;
}

/** out[i, j] += κ · p[i] · q[j] */
function addRankOne(m: i32, n: i32, kappa: f32, p: usize, q: usize, out: usize): void {
  if (kappa == 0) return;
  for (let i = 0; i < m; i++) {
    const factor = f32x4.splat(kappa * load<f32>(p + 4 * i));
    for (let j = 0; j < n; j += 4) {
      v128.store(out, f32x4.add(v128.load(out), f32x4.mul(factor, v128.load(q + 4 * j))));
      out += 16;
    }
  }
}
