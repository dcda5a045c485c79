import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';

/** Resistances of an array's lines, in ohms. */
export interface LineResistances {
  /** One segment of a word line, between neighbouring columns. */
  readonly row: number;
  /** One segment of a bit line, between neighbouring rows. */
  readonly column: number;
  /** All there is in front of a word line's first cell: source (or sink) plus the first segment. */
  readonly rowEnd: number;
  /** All there is behind a bit line's last cell: the last segment plus sink (or source). */
  readonly columnEnd: number;
}

/**
 * The conductances that an array with wires shows at its terminals: I = V · Geff, in closed form.
 *
 * Geff = B + κ p qᵀ with B = r·G·c: r and c are the exact voltage profiles of single lines (a word line with grounded
 * columns, a bit line under a uniform drive), p and q the current that entered a line and did not come out, and
 * κ the one amplitude of the sneak paths that minimises the network's energy (Galerkin in the space of the two
 * profiles). Exact when either the rows or the columns are ideal. `docs/reference/wire-solver.md` derives it.
 *
 * @param g conductances [..., M, N] in siemens, all ≥ 0; leading dimensions are independent arrays
 * @returns [..., M, N] in siemens
 */
export function effectiveConductance<T extends tf.Tensor>(g: T, lines: LineResistances): T {
  return dispatch('TxEffectiveConductance', { g }, lines, () => effectiveConductanceReference(g, lines)) as T;
}

/** The reference: ladders as loops over lines, all arrays at once. */
export function effectiveConductanceReference<T extends tf.Tensor>(g: T, lines: LineResistances): T {
  const [M, N] = g.shape.slice(-2) as [number, number];
  const G = g.reshape<tf.Tensor3D>([-1, M, N]);
  const { profile: c, out: gamma } = columnLadder(G, lines.column, lines.columnEnd);
  const rows = columnLadder(G.transpose<tf.Tensor3D>([0, 2, 1]).reverse(1), lines.row, lines.rowEnd);
  const r = rows.profile.reverse(1).transpose<tf.Tensor3D>([0, 2, 1]);
  const rho = rows.out;

  const B = tf.mul(tf.mul(r, G), c);
  const p = tf.sub(rho, tf.sum(B, 2));
  const q = tf.sub(gamma, tf.sum(B, 1));
  const S0 = tf.sum(G, [1, 2]);
  const Sr = tf.sum(rho, 1);
  const Sc = tf.sum(gamma, 1);
  const a = tf.sub(S0, Sr);
  const d = tf.sub(S0, Sc);
  const w = tf.add(tf.sub(a, Sc), tf.sum(B, [1, 2]));
  const determinant = tf.sub(tf.mul(a, d), tf.square(w));
  // w and the determinant are ≥ 0 in exact arithmetic; with nearly ideal wires float32 leaves rounding noise there.
  const sound = tf.logicalAnd(tf.greater(w, 0), tf.greater(determinant, tf.mul(tf.square(S0), 1e-12)));
  const kappa = tf.where(
    sound,
    tf.div(w, tf.where(sound, determinant, tf.onesLike(determinant))),
    tf.zerosLike(w),
  );
  const sneak = tf.mul(tf.mul(kappa.expandDims(1).expandDims(2), p.expandDims(2)), q.expandDims(1));
  return tf.add(B, sneak).reshape(g.shape) as T;
}

/**
 * Bit lines of [arrays, M, N], open at row 0 and held behind row M−1, with every cell driven by 1 V: the fraction of
 * it that each cell sees, and the current that each line gives.
 */
function columnLadder(
  G: tf.Tensor3D,
  segment: number,
  end: number,
): { profile: tf.Tensor3D; out: tf.Tensor2D } {
  const cells = tf.unstack(G, 1);
  const u: tf.Tensor[] = [];
  let drop: tf.Tensor = tf.onesLike(cells[0]!);
  let current: tf.Tensor = tf.zerosLike(cells[0]!);
  cells.forEach((g, i) => {
    u.push(drop);
    current = tf.add(current, tf.mul(g, drop));
    if (i < cells.length - 1) drop = tf.add(drop, tf.mul(current, segment));
  });
  const atEnd = tf.div(1, tf.add(drop, tf.mul(current, end)));
  return {
    profile: tf.mul(tf.stack(u, 1), atEnd.expandDims(1)) as tf.Tensor3D,
    out: tf.mul(current, atEnd) as tf.Tensor2D,
  };
}
