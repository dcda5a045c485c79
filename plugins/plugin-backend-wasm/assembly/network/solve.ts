import { blockBytes, prepareBlocks, solveBlock } from './block';
import { contract } from './contraction';
import { deflate, deflationBytes } from './deflation';
import { lineBytes, prepare } from './lines';
import { prepareSingles, singleBytes, solveSingle } from './single';
import { LANES } from './sweep';

/** Up to so many vectors are faster one by one. */
const FEW: i32 = 2;

/**
 * Currents out of the bit lines of independent arrays [m, n], see `exactCurrents` in @txsim/ops: sweeps over the lines
 * with Chebyshev's acceleration, eight vectors at a time, or one by one where few are left.
 *
 * Of a plain sweep z from u, |I − I*| ≤ Σᵢ c·G · (max w / min w) · ρ / (1 − ρ) · max |z − u|. The sweeps end when this
 * factor of Σᵢ c·G is at most `tolerance` times the mean |V|, or when rounding stops them.
 *
 * @param volts [arrays][vectors][m]; 0 for unit vectors, one volt on each word line in turn (vectors = m)
 * @param out [arrays][vectors][n] amperes
 * @param workspace `exactWorkspace` bytes, 16-byte aligned
 * @returns the largest factor, in volts per mean volt, that was proved of any vector
 */
export function exactCurrents(
  arrays: i32,
  vectors: i32,
  m: i32,
  n: i32,
  volts: usize,
  g: usize,
  row: f32,
  column: f32,
  rowEnd: f32,
  columnEnd: f32,
  tolerance: f32,
  out: usize,
  workspace: usize,
): f32 {
  let worst: f32 = 0;
  const plane: usize = 4 * m * n;
  const mode = aligned(workspace + lineBytes(m, n));
  const fields = aligned(mode + deflationBytes(m, n));
  // The description of an array needs three planes and a line before the fields do.
  const line = fields + 3 * plane;
  for (; arrays > 0; arrays--) {
    prepare(m, n, g, row, column, rowEnd, columnEnd, workspace);
    contract(fields, fields + plane, fields + 2 * plane, line);
    deflate(mode, fields, fields + 2 * plane, line);
    for (let k = 0; k < vectors;) {
      const count = min(LANES, vectors - k);
      const from = volts ? volts + 4 * k * m : 0;
      const to = out + 4 * k * n;
      if (count <= FEW) {
        prepareSingles(fields);
        worst = max(worst, solveSingle(from, k, tolerance, to));
        k++;
      } else {
        prepareBlocks(fields);
        worst = max(worst, solveBlock(count, from, k, tolerance, to));
        k += count;
      }
    }
    g += plane;
    out += 4 * vectors * n;
    if (volts) volts += 4 * vectors * m;
  }
  return worst;
}

/** Bytes that `exactCurrents` needs. */
export function exactWorkspace(m: i32, n: i32): usize {
  return lineBytes(m, n) + deflationBytes(m, n) + 32 + max(blockBytes(m, n), singleBytes(m, n));
}

export function aligned(at: usize): usize {
  return (at + 15) & ~15;
}
