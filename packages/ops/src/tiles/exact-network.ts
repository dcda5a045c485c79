import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';
import { asArrays, type LineResistances } from './line-profiles.js';
import { sweptCurrents, sweptVoltages } from './line-sweeps.js';
import { exchanged, turned } from './turned.js';

/** Attributes of the kernels `TxExactCurrents`, `TxExactConductance` and `TxExactConductanceGradient`. */
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
 * The currents out of the word lines for volts on the bit lines: the transposed operation of the same network.
 *
 * @param volts [..., K, N] on the bit lines
 * @returns [..., K, M] amperes
 */
export function exactBackwardCurrents<T extends tf.Tensor>(
  volts: T,
  g: T,
  lines: LineResistances,
  tolerance = TOLERANCE,
): T {
  return tf.tidy(() => {
    const last = volts.rank - 1;
    return exactCurrents(tf.reverse(volts, last), turned(g), exchanged(lines), tolerance).reverse(last);
  }) as T;
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

/**
 * The gradient of Σ P · Geff with respect to the cells, Geff being `exactConductance(g)`: by Tellegen's theorem
 * ∂Geff_ij / ∂G_kl is the voltage of cell (k, l) for one volt on word line i times that for one volt on bit line j, so that
 * it takes as many solutions again with P on the bit lines.
 *
 * @param upstream P[..., M, N]
 * @param g conductances [..., M, N] in siemens, all ≥ 0
 * @returns [..., M, N]
 */
export function exactConductanceGradient<T extends tf.Tensor>(
  upstream: T,
  g: T,
  lines: LineResistances,
  tolerance = TOLERANCE,
): T {
  const [M, N] = g.shape.slice(-2) as [number, number];
  if (M > N) {
    return tf.tidy(() =>
      turned(exactConductanceGradient(turned(upstream), turned(g), exchanged(lines), tolerance)),
    ) as T;
  }
  return dispatch('TxExactConductanceGradient', { upstream, g }, { ...lines, tolerance }, () =>
    exactConductanceGradientReference(upstream, g, lines),
  ) as T;
}

/** The reference: the products of the cells' voltages, solved as in `exactCurrentsReference`. */
export function exactConductanceGradientReference<T extends tf.Tensor>(
  upstream: T,
  g: T,
  lines: LineResistances,
): T {
  const [M, N] = g.shape.slice(-2) as [number, number];
  const P = tf.unstack(asArrays(upstream));
  const gradients = tf.unstack(asArrays(g)).map((array, a) => {
    const G = array as tf.Tensor2D;
    const driven = sweptVoltages(tf.eye(M), tf.zeros([M, N]), G, lines);
    const returned = sweptVoltages(tf.zeros([M, M]), P[a] as tf.Tensor2D, G, lines);
    return tf.neg(tf.sum(tf.mul(driven, returned), 2));
  });
  return tf.stack(gradients).reshape(g.shape) as T;
}

/** `exactConductance`, differentiable with respect to the conductances. */
export function differentiableConductance<T extends tf.Tensor>(
  g: T,
  lines: LineResistances,
  tolerance = TOLERANCE,
): T {
  const solved = tf.customGrad((...inputs) => {
    const [given, save] = inputs as [T, tf.GradSaveFunc];
    save([given]);
    return {
      value: exactConductance(given, lines, tolerance),
      gradFunc: (upstream: tf.Tensor, [saved]: tf.Tensor[]) =>
        exactConductanceGradient(upstream, saved!, lines, tolerance),
    };
  });
  return solved(g) as T;
}
