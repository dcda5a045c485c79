import { ladder } from './ladder';
import { rowLadders } from './row-ladders';
import { scaleRows } from './scale-rows';
import { Sum } from './sum';

/** Rows whose ladders run at a time: what they need (32 KiB for 256 columns) stays in the first-level cache. */
const STRIP = 16;

/**
 * Geff = B + κ p qᵀ of one array whose sizes are multiples of four, see `effectiveConductance` in @txsim/ops. B comes
 * about in the workspace, which stays in the second-level cache from one array to the next; `out` is written once.
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
  const b = rowScale + 4 * STRIP;
  ladder(m, n, g, b, 4 * n, column, columnEnd, columnScale, q);
  const columnCurrent = Sum.of(n, q);
  let rowCurrent: f64 = 0;
  let sumOfG: f64 = 0;
  let sumOfB: f64 = 0;
  for (let i = 0; i < m; i += STRIP) {
    const rows = min(STRIP, m - i);
    const at = 4 * i * n;
    sumOfG += rowLadders(rows, n, g + at, b + at, columnScale, row, rowEnd, rowScale, p + 4 * i);
    rowCurrent += Sum.of(rows, p + 4 * i);
    sumOfB += scaleRows(rows, n, rowScale, b + at, p + 4 * i, q);
  }
  addRankOne(m, n, b, amplitude(sumOfG, sumOfB, rowCurrent, columnCurrent), p, q, out);
}

/**
 * κ = w / (a·d − w²) with a = ΣG(1−r), d = ΣG(1−c), w = ΣG(1−r)(1−c). In exact arithmetic w and the determinant are
 * ≥ 0; with nearly ideal wires rounding noise is all that is left there, and κ is 0.
 */
function amplitude(sumOfG: f64, sumOfB: f64, rowCurrent: f64, columnCurrent: f64): f32 {
  const a = sumOfG - rowCurrent;
  const d = sumOfG - columnCurrent;
  const w = a - columnCurrent + sumOfB;
  const determinant = a * d - w * w;
  return w > 0 && determinant > 1e-12 * sumOfG * sumOfG ? f32(w / determinant) : 0;
}

/** out[i, j] = b[i, j] + κ · p[i] · q[j] */
function addRankOne(m: i32, n: i32, b: usize, kappa: f32, p: usize, q: usize, out: usize): void {
  for (let i = 0; i < m; i++) {
    const factor = f32x4.splat(kappa * load<f32>(p + 4 * i));
    for (let j = 0; j < n; j += 4) {
      v128.store(out, f32x4.add(v128.load(b), f32x4.mul(factor, v128.load(q + 4 * j))));
      b += 16;
      out += 16;
    }
  }
}
