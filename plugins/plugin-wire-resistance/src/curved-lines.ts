import { CELL_VOLTS, type CurvedCells } from '@txsim/core';
import { derivative, evaluate, type Expression, type LineResistances } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** f of cells and its slope f', expressions of the volts across a cell. */
export interface Curve {
  readonly current: Expression;
  readonly slope: Expression;
  readonly readVoltage: number;
}

/** The curve of cells with its derivative. */
export const curveOf = ({ current, readVoltage }: CurvedCells): Curve => ({
  current,
  slope: derivative(current, CELL_VOLTS),
  readVoltage,
});

/** The value of an expression of a curve for volts of any shape. */
export const of = (expression: Expression, volts: tf.Tensor): tf.Tensor =>
  evaluate(expression, { [CELL_VOLTS]: volts }, volts.shape);

/**
 * Newton's step for the word lines of circuits [S, M, N]: cells are their tangents at u − v, and every line is solved
 * exactly for volts [S, M] at its source.
 *
 * @returns u [S, M, N]
 */
export function wordLines(
  volts: tf.Tensor,
  cells: Tangents,
  v: tf.Tensor,
  lines: LineResistances,
): tf.Tensor {
  const { slopes, sources } = cells;
  const fed = tf.unstack(tf.sub(sources, tf.mul(slopes, v)), 2);
  return tf.stack(solveLines(volts, tf.unstack(slopes, 2), fed, lines.row, lines.rowEnd), 2);
}

/** The same for the bit lines, which are held at 0 V behind their last cells. @returns v [S, M, N] */
export function bitLines(cells: Tangents, u: tf.Tensor, lines: LineResistances): tf.Tensor {
  const { slopes, sources } = cells;
  const fed = tf.unstack(tf.neg(tf.add(tf.mul(slopes, u), sources)), 1).reverse();
  const solved = solveLines(
    tf.scalar(0),
    tf.unstack(slopes, 1).reverse(),
    fed,
    lines.column,
    lines.columnEnd,
  );
  return tf.stack(solved.reverse(), 1);
}

/** I = slopes · V + sources, amperes, at the volts that they were made for. */
export interface Tangents {
  readonly slopes: tf.Tensor;
  readonly sources: tf.Tensor;
}

/** The tangents of cells G · f(V) at volts, all [S, M, N]. */
export function tangents(g: tf.Tensor, volts: tf.Tensor, { current, slope }: Curve): Tangents {
  const slopes = tf.mul(g, of(slope, volts));
  return { slopes, sources: tf.sub(tf.mul(g, of(current, volts)), tf.mul(slopes, volts)) };
}

/**
 * Lines whose cell k, counted from the held end, draws slope_k · u_k + source_k: by elimination from the open end, where
 * what lies behind a cell is a conductance y and a current source s.
 *
 * @param volts at the held ends, behind `end` ohms
 */
function solveLines(
  volts: tf.Tensor,
  slopes: readonly tf.Tensor[],
  sources: readonly tf.Tensor[],
  segment: number,
  end: number,
): tf.Tensor[] {
  let [y, s] = [slopes.at(-1)!, sources.at(-1)!];
  const behind: { readonly s: tf.Tensor; readonly t: tf.Tensor }[] = [];
  for (let k = slopes.length - 2; k >= 0; k--) {
    const t = tf.reciprocal(tf.add(1, tf.mul(y, segment)));
    behind.push({ s, t });
    y = tf.add(slopes[k]!, tf.mul(y, t));
    s = tf.add(sources[k]!, tf.mul(s, t));
  }
  let u = tf.div(tf.sub(volts, tf.mul(s, end)), tf.add(1, tf.mul(y, end)));
  const nodes = [u];
  for (const beyond of behind.reverse()) {
    u = tf.mul(tf.sub(u, tf.mul(beyond.s, segment)), beyond.t);
    nodes.push(u);
  }
  return nodes;
}
