import { transpose } from '../matrix/transpose';
import { ladder } from './ladder';
import { blockMoments, sneakRow, startMoments } from './sneak-moments';
import { invert, stiffness } from './sneak-energy';

/** Rows whose ladders run at a time: what they need (32 KiB for 128 columns) stays in the first-level cache. */
const STRIP = 32;

/**
 * `rankFourConductance` of @txsim/ops for one array whose sizes are multiples of four, the first `above` rows and the
 * last `behind` columns of which are padding; `out` may not be `g`.
 */
export function rankFour(
  m: i32,
  n: i32,
  above: i32,
  behind: i32,
  g: usize,
  row: f32,
  column: f32,
  rowEnd: f32,
  columnEnd: f32,
  out: usize,
  workspace: usize,
): void {
  const line: usize = 4 * n;
  const energy = workspace;
  const p = energy + 8 * 72;
  const columnScale = p + 8 * m;
  const gain = columnScale + line;
  const strain = gain + 4 * line;
  const y = strain + line;
  const pairs = y + line;
  const current = pairs + line;
  const rowScale = current + line;
  const rowCurrent = rowScale + 4 * STRIP;
  const cells = rowCurrent + 4 * STRIP;
  const profile = cells + STRIP * line;
  const rows = profile + STRIP * line;

  coordinates(n, n - behind, y);
  pairMask(n, n - behind, pairs);
  memory.fill(gain, 0, 5 * line);
  startMoments();
  ladder(m, n, g, out, line, column, columnEnd, columnScale, current);
  const step: f32 = m - above > 1 ? f32(2) / f32(m - above - 1) : 0;
  for (let i = 0; i < m; i += STRIP) {
    const strip = min(STRIP, m - i);
    const last = 4 * strip * (n - 1);
    transpose(strip, n, g + i * line, line, cells, 4 * strip);
    ladder(n, strip, cells + last, profile + last, -4 * strip, row, rowEnd, rowScale, rowCurrent);
    transpose(n, strip, profile, 4 * strip, rows, line);
    // What `sneakRow` reads behind the last row, where its mask is 0, must be a number.
    store<f32>(rows + strip * line, 0);
    for (let k = 0; k < strip; k++) {
      const at = (i + k) * line;
      const x: f32 = step > 0 ? f32(i + k - above) * step - 1 : 0;
      const inside = i + k >= above && i + k + 1 < m;
      const scale = load<f32>(rowScale + 4 * k);
      sneakRow(n, x, inside, g + at, rows + k * line, scale, out + at, columnScale, gain, strain, y, pairs, p + 8 * (i + k)); // prettier-ignore
    }
  }
  blockMoments(n, strain, y, energy, stiffness(n - behind, row), stiffness(m - above, column));
  invert(energy, n - behind > 1 && row > 0, m - above > 1 && column > 0);
  alongY(n, gain, y);
  addSneak(m, n, above, step, energy, p, gain, out);
}

/** From −1 to 1 over the lines in use; beyond them, whatever multiplies it is 0. */
function coordinates(n: i32, used: i32, y: usize): void {
  const step: f32 = used > 1 ? f32(2) / f32(used - 1) : 0;
  for (let j = 0; j < n; j++) store<f32>(y + 4 * j, used > 1 ? f32(j) * step - 1 : 0);
}

/** 1 where a segment leads from column j to a column in use. */
function pairMask(n: i32, used: i32, pairs: usize): void {
  for (let j = 0; j < n; j++) store<f32>(pairs + 4 * j, f32(i32(j + 1 < used)));
}

/** gain[2] = y · gain[0], gain[3] = y · gain[1]. */
function alongY(n: i32, gain: usize, y: usize): void {
  const line: usize = 4 * n;
  for (let at: usize = 0; at < line; at += 16) {
    const along = v128.load(y + at);
    v128.store(gain + 2 * line + at, f32x4.mul(v128.load(gain + at), along));
    v128.store(gain + 3 * line + at, f32x4.mul(v128.load(gain + line + at), along));
  }
}

/** The amplitude of word-line mode `mode` for what row i feeds into the four bit-line modes. */
function amplitude(energy: usize, mode: i32, p0: f64, p1: f64, x: f64): f32 {
  const answer = energy + 8 * (8 * mode + 4);
  const constant = load<f64>(answer) * p0 + load<f64>(answer + 8) * p1;
  return f32(constant + x * (load<f64>(answer + 16) * p0 + load<f64>(answer + 24) * p1));
}

/** out[i, j] += Σ over word-line modes of amplitude · gain. */
function addSneak(
  m: i32,
  n: i32,
  above: i32,
  step: f32,
  energy: usize,
  p: usize,
  gain: usize,
  out: usize,
): void {
  const line: usize = 4 * n;
  for (let i = 0; i < m; i++) {
    const p0 = f64(load<f32>(p + 8 * i));
    const p1 = f64(load<f32>(p + 8 * i + 4));
    const x: f64 = step > 0 ? f64(f32(i - above) * step - 1) : 0;
    const h0 = f32x4.splat(amplitude(energy, 0, p0, p1, x));
    const h1 = f32x4.splat(amplitude(energy, 1, p0, p1, x));
    const h2 = f32x4.splat(amplitude(energy, 2, p0, p1, x));
    const h3 = f32x4.splat(amplitude(energy, 3, p0, p1, x));
    for (let at: usize = 0; at < line; at += 16) {
      const constant = f32x4.add(
        f32x4.mul(h0, v128.load(gain + at)),
        f32x4.mul(h2, v128.load(gain + line + at)),
      );
      const along = f32x4.add(
        f32x4.mul(h1, v128.load(gain + 2 * line + at)),
        f32x4.mul(h3, v128.load(gain + 3 * line + at)),
      );
      v128.store(out, f32x4.add(v128.load(out), f32x4.add(constant, along)));
      out += 16;
    }
  }
}
