import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';
import { asArrays, lineProfiles, type LineProfiles, type LineResistances } from './line-profiles.js';

/**
 * The severity of arrays, ρ_b = (1 − min r)(1 − min c) in [0, 1): an upper bound of how strongly word and bit lines act
 * on each other through their wires. Below 0.1 the rank-one form is good to 1 % of the currents; above 0.6 an array
 * loses most of its current. `docs/reference/wire-solver.md`.
 *
 * @param g conductances [..., M, N] in siemens, all ≥ 0
 * @returns [...]
 */
export function lineSeverity(g: tf.Tensor, lines: LineResistances): tf.Tensor {
  return dispatch('TxLineSeverity', { g }, lines, () => lineSeverityReference(g, lines));
}

/** The reference: from the profiles of single lines. */
export function lineSeverityReference(g: tf.Tensor, lines: LineResistances): tf.Tensor {
  return severityOf(lineProfiles(asArrays(g), lines)).reshape(g.shape.slice(0, -2));
}

/** [arrays] ρ_b of arrays whose lines are known. */
export const severityOf = ({ row, column }: LineProfiles): tf.Tensor =>
  tf.mul(tf.sub(1, tf.min(row, [1, 2])), tf.sub(1, tf.min(column, [1, 2])));
