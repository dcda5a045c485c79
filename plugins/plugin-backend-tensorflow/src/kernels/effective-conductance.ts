import type { LineResistances } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { ladderProfiles } from './ladder.js';

/**
 * The kernel `TxEffectiveConductance`: the equations of `effectiveConductanceReference`, with far fewer operations for
 * the ladders. Word lines are turned into bit lines (transposed, with the open end in front), so that square arrays
 * walk both together.
 */
export function effectiveConductance(g: tf.Tensor, lines: LineResistances): tf.Tensor {
  return tf.tidy(() => {
    const [M, N] = g.shape.slice(-2) as [number, number];
    const G = g.reshape<tf.Tensor3D>([-1, M, N]);
    const turned = turn(G);
    const u = profiles([tf.mul(G, lines.column), tf.mul(turned, lines.row)]);
    const columns = held(G, u[0]!, lines.columnEnd);
    const rows = held(turned, u[1]!, lines.rowEnd);
    const B = tf.mul<tf.Tensor3D>(tf.mul(turnBack(rows.profile), G), columns.profile);
    return tf.add(B, sneak(G, B, rows.out, columns.out)).reshape(g.shape);
  });
}

const turn = (t: tf.Tensor3D): tf.Tensor3D => t.transpose<tf.Tensor3D>([0, 2, 1]).reverse(1);
const turnBack = (t: tf.Tensor3D): tf.Tensor3D => t.reverse(1).transpose<tf.Tensor3D>([0, 2, 1]);

function profiles(ladders: readonly tf.Tensor3D[]): tf.Tensor3D[] {
  const [, M, N] = ladders[0]!.shape;
  return M === N
    ? tf.split(ladderProfiles(tf.concat([...ladders])), ladders.length)
    : ladders.map(ladderProfiles);
}

/** Lines held behind their last cell by a resistance: the fraction of 1 V at each cell, and the current per line. */
function held(g: tf.Tensor3D, u: tf.Tensor3D, end: number): { profile: tf.Tensor3D; out: tf.Tensor2D } {
  const current = tf.sum(tf.mul(g, u), 1, true);
  const last = tf.slice(u, [0, u.shape[1] - 1, 0], [-1, 1, -1]);
  const atEnd = tf.div(1, tf.add(last, tf.mul(current, end)));
  return { profile: tf.mul(u, atEnd), out: tf.squeeze(tf.mul(current, atEnd), [1]) };
}

/** κ p qᵀ: what flows over other lines, from the plain part B and the currents ρ and γ of single lines. */
function sneak(G: tf.Tensor3D, B: tf.Tensor3D, rho: tf.Tensor2D, gamma: tf.Tensor2D): tf.Tensor {
  const p = tf.sub(rho, tf.sum(B, 2));
  const q = tf.sub(gamma, tf.sum(B, 1));
  const S0 = tf.sum(G, [1, 2]);
  const Sc = tf.sum(gamma, 1);
  const a = tf.sub(S0, tf.sum(rho, 1));
  const d = tf.sub(S0, Sc);
  const w = tf.add(tf.sub(a, Sc), tf.sum(B, [1, 2]));
  const determinant = tf.sub(tf.mul(a, d), tf.square(w));
  // w and the determinant are ≥ 0 in exact arithmetic; with nearly ideal wires float32 leaves rounding noise there.
  const sound = tf.logicalAnd(tf.greater(w, 0), tf.greater(determinant, tf.mul(tf.square(S0), 1e-12)));
  const divisor = tf.where(sound, determinant, tf.onesLike(determinant));
  const kappa = tf.where(sound, tf.div(w, divisor), tf.zerosLike(w));
  return tf.mul(tf.mul(kappa.expandDims(1).expandDims(2), p.expandDims(2)), q.expandDims(1));
}
