import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';
import { asArrays, lineProfiles, type LineProfiles, type LineResistances } from './line-profiles.js';

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

/** The reference: ladders as loops over cells, all arrays at once. */
export function effectiveConductanceReference<T extends tf.Tensor>(g: T, lines: LineResistances): T {
  const G = asArrays(g);
  return rankOneOf(G, lineProfiles(G, lines)).reshape(g.shape) as T;
}

/** B + κ p qᵀ of arrays whose lines are known, [arrays, M, N]. */
export function rankOneOf(G: tf.Tensor3D, profiles: LineProfiles): tf.Tensor {
  const { row: r, column: c, rowCurrent: rho, columnCurrent: gamma } = profiles;
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
  return tf.add(B, sneak);
}
