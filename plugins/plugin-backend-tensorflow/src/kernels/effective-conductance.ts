import {
  asArrays,
  rankFourOf,
  rankOneOf,
  severityOf,
  type LineProfiles,
  type LineResistances,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { ladderProfiles } from './ladder.js';

type Kernel = (g: tf.Tensor, lines: LineResistances) => tf.Tensor;

/** TensorFlow ends the process where an empty tensor is cut into pieces. */
const orEmpty =
  (kernel: Kernel): Kernel =>
  (g, lines) =>
    g.size === 0 ? tf.zeros(g.shape) : tf.tidy(() => kernel(g, lines));

/** `TxEffectiveConductance`: the equations of the reference, with far fewer operations for the ladders. */
export const effectiveConductance: Kernel = orEmpty((g, lines) =>
  rankOneOf(asArrays(g), lineProfiles(asArrays(g), lines)).reshape(g.shape),
);

/** `TxRankFourConductance`, likewise. */
export const rankFourConductance: Kernel = orEmpty((g, lines) =>
  rankFourOf(asArrays(g), lineProfiles(asArrays(g), lines), lines).reshape(g.shape),
);

/** `TxLineSeverity`, likewise. */
export const lineSeverity: Kernel = (g, lines) =>
  tf.tidy(() => {
    const G = asArrays(g);
    return severityOf(G, lineProfiles(G, lines), lines).reshape(g.shape.slice(0, -2));
  });

/**
 * `lineProfiles` of @txsim/ops. Word lines are turned into bit lines (transposed, with the open end in front), so that
 * square arrays walk both together.
 */
function lineProfiles(G: tf.Tensor3D, lines: LineResistances): LineProfiles {
  const turned = turn(G);
  const u = profiles([tf.mul(G, lines.column), tf.mul(turned, lines.row)]);
  const columns = held(G, u[0]!, lines.columnEnd);
  const rows = held(turned, u[1]!, lines.rowEnd);
  return {
    row: turnBack(rows.profile),
    column: columns.profile,
    rowCurrent: rows.out,
    columnCurrent: columns.out,
  };
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
