import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';
import { asArrays, lineProfiles, type LineProfiles, type LineResistances } from './line-profiles.js';

/**
 * The severity of arrays, ρ_b = (1 − min r)(1 − min c) in [0, 1): an upper bound of how strongly word and bit lines act
 * on each other through their wires. Below 0.1 the rank-one form is good to 1 % of the currents; above 0.6 an array
 * loses most of its current. `docs/reference/wire-solver.md`.
 *
 * What a line loses, 1 − min r, is the voltage between its terminal and its open end: Σ current · resistance to the
 * terminal, a sum of terms ≥ 0. So it keeps its digits where wires are nearly ideal, as 1 − r would not.
 *
 * @param g conductances [..., M, N] in siemens, all ≥ 0
 * @returns [...]
 */
export function lineSeverity(g: tf.Tensor, lines: LineResistances): tf.Tensor {
  return dispatch('TxLineSeverity', { g }, lines, () => lineSeverityReference(g, lines));
}

/** The reference: from the profiles of single lines. */
export function lineSeverityReference(g: tf.Tensor, lines: LineResistances): tf.Tensor {
  const G = asArrays(g);
  return severityOf(G, lineProfiles(G, lines), lines).reshape(g.shape.slice(0, -2));
}

/** [arrays] ρ_b of arrays [arrays, M, N] whose lines are known. */
export function severityOf(G: tf.Tensor3D, { row, column }: LineProfiles, lines: LineResistances): tf.Tensor {
  const [, M, N] = G.shape;
  const before = tf.add(lines.rowEnd, tf.mul(tf.range(0, N), lines.row));
  const behind = tf.add(lines.columnEnd, tf.mul(tf.range(M - 1, -1, -1), lines.column)).expandDims(1);
  const word = tf.sum(tf.mul(tf.mul(G, row), before), 2);
  const bit = tf.sum(tf.mul(tf.mul(G, column), behind), 1);
  return tf.mul(tf.max(word, 1), tf.max(bit, 1));
}
