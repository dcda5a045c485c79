import { blockBytes, drivenFromColumns, drivenFromRows, prepareBlocks } from './block';
import { contract } from './contraction';
import { deflate, deflationBytes } from './deflation';
import { lineBytes, prepare } from './lines';
import { aligned } from './solve';
import { LANES } from './sweep';

/**
 * The gradient of Σ P · Geff with respect to the cells of independent arrays [m, n], see `exactConductanceGradient` in
 * @txsim/ops: out = Σ_i (voltages of the cells for one volt on word line i) · (their voltages for P_i on the bit lines),
 * eight lines at a time.
 *
 * @param upstream [arrays][m][n] P
 * @param out [arrays][m][n]
 * @param workspace `gradientWorkspace` bytes, 16-byte aligned
 */
export function exactGradient(
  arrays: i32,
  m: i32,
  n: i32,
  upstream: usize,
  g: usize,
  row: f32,
  column: f32,
  rowEnd: f32,
  columnEnd: f32,
  tolerance: f32,
  out: usize,
  workspace: usize,
): void {
  const plane: usize = 4 * m * n;
  const mode = aligned(workspace + lineBytes(m, n));
  const kept = aligned(mode + deflationBytes(m, n));
  const fields = kept + 8 * plane;
  const line = fields + 3 * plane;
  for (; arrays > 0; arrays--) {
    prepare(m, n, g, row, column, rowEnd, columnEnd, workspace);
    contract(fields, fields + plane, fields + 2 * plane, line);
    deflate(mode, fields, fields + 2 * plane, line);
    prepareBlocks(fields);
    memory.fill(out, 0, plane);
    for (let k = 0; k < m; k += LANES) {
      const count = min(LANES, m - k);
      memory.copy(kept, drivenFromRows(count, k, tolerance), 8 * plane);
      addProducts(m * n, kept, drivenFromColumns(count, upstream + 4 * k * n, tolerance), out);
    }
    g += plane;
    out += plane;
    upstream += plane;
  }
}

/** Bytes that `exactGradient` needs. */
export function gradientWorkspace(m: i32, n: i32): usize {
  return lineBytes(m, n) + deflationBytes(m, n) + 32 + 32 * m * n + blockBytes(m, n);
}

/** out −= Σ a·b over the eight lanes: `b` is counted from word to bit line. */
function addProducts(count: i32, a: usize, b: usize, out: usize): void {
  for (; count > 0; count--) {
    const low = f32x4.mul(v128.load(a), v128.load(b));
    const four = f32x4.add(low, f32x4.mul(v128.load(a, 16), v128.load(b, 16)));
    const sum = f32x4.extract_lane(four, 0) + f32x4.extract_lane(four, 1);
    const rest = f32x4.extract_lane(four, 2) + f32x4.extract_lane(four, 3);
    store<f32>(out, load<f32>(out) - (sum + rest));
    a += 32;
    b += 32;
    out += 4;
  }
}
