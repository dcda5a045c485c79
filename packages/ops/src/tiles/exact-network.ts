import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';
import { asArrays, type LineResistances } from './line-profiles.js';
import { sweptCurrents } from './line-sweeps.js';

/** Attributes of the kernels `TxExactCurrents` and `TxExactConductance`. */
export interface NetworkAttributes extends LineResistances {
  /** Error of a current to prove, relative to what the mean |V| on all lines would drive through the same bit line. */
  readonly tolerance: number;
}

/** What float32 resolves of a single unit vector. */
const TOLERANCE = 1e-4;

/**
 * The currents out of the bit lines of arrays with wires: the network itself, solved by sweeps over its lines with
 * Chebyshev's acceleration and a proved stopping bound. `docs/reference/wire-solver.md`.
 *
 * @param volts [..., K, M] on the word lines
 * @param g conductances [..., M, N] in siemens, all ≥ 0, with the same leading dimensions
 * @param tolerance see `NetworkAttributes`
 * @returns [..., K, N] amperes
 */
export function exactCurrents<T extends tf.Tensor>(
  volts: T,
  g: T,
  lines: LineResistances,
  tolerance = TOLERANCE,
): T {
  return dispatch('TxExactCurrents', { volts, g }, { ...lines, tolerance }, () =>
    exactCurrentsReference(volts, g, lines),
  ) as T;
}

/** The reference: sweeps as products with each line's resistances, a fixed number of them. */
export function exactCurrentsReference<T extends tf.Tensor>(volts: T, g: T, lines: LineResistances): T {
  const [G, V] = [tf.unstack(asArrays(g)), tf.unstack(asArrays(volts))];
  const solved = G.map((array, a) => sweptCurrents(V[a] as tf.Tensor2D, array as tf.Tensor2D, lines));
  return tf.stack(solved).reshape([...volts.shape.slice(0, -1), g.shape.at(-1)!]) as T;
}

/**
 * The conductances that arrays show at their terminals, from the network itself: the currents for one volt on each line
 * of the shorter side in turn.
 *
 * @param g conductances [..., M, N] in siemens, all ≥ 0; leading dimensions are independent arrays
 * @returns [..., M, N] in siemens
 */
export function exactConductance<T extends tf.Tensor>(
  g: T,
  lines: LineResistances,
  tolerance = TOLERANCE,
): T {
  const [M, N] = g.shape.slice(-2) as [number, number];
  if (M > N) return tf.tidy(() => turned(exactConductance(turned(g), exchanged(lines), tolerance))) as T;
  return dispatch('TxExactConductance', { g }, { ...lines, tolerance }, () =>
    exactConductanceReference(g, lines),
  ) as T;
}

/** The reference: `exactCurrents` of unit vectors. */
export function exactConductanceReference<T extends tf.Tensor>(g: T, lines: LineResistances): T {
  const [M, N] = g.shape.slice(-2) as [number, number];
  const solved = tf
    .unstack(asArrays(g))
    .map((array) => sweptCurrents(tf.eye(M), array as tf.Tensor2D, lines));
  return tf.stack(solved).reshape([...g.shape.slice(0, -2), M, N]) as T;
}

/** The same circuit driven from its bit lines: both scans run backwards. */
function turned(g: tf.Tensor): tf.Tensor {
  const rank = g.rank;
  const axes = [...g.shape.keys()].slice(0, -2);
  return tf.reverse(g.transpose([...axes, rank - 1, rank - 2]), [rank - 2, rank - 1]);
}

const exchanged = ({ row, column, rowEnd, columnEnd }: LineResistances): LineResistances => ({
  row: column,
  column: row,
  rowEnd: columnEnd,
  columnEnd: rowEnd,
});
