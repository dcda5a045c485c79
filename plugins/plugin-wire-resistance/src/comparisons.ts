import { asArrays, lineProfiles, type LineResistances } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** Published approximations on tensors g[..., M, N], to compare with; `@txsim/circuit-models` has their equations. */
export type Comparison = 'aam' | 'alpha-beta' | 'dmr' | 'jeong' | 'series';

/** Jeong's k: how the on and off resistances are weighted in the device that stands for all. */
const WEIGHTING = 0.95;

type Form = (g: tf.Tensor3D, lines: LineResistances) => tf.Tensor;

/** TxSim's approximate analytical model: short current paths only, r·G·c. */
const aam: Form = (G, lines) => {
  const { row, column } = lineProfiles(G, lines);
  return tf.mul(tf.mul(row, G), column);
};

/** Every cell as if it alone used its two lines: G / (1 + G·R). */
const series: Form = (G, { row, column, rowEnd, columnEnd }) => {
  const [, M, N] = G.shape;
  const before = tf.add(tf.mul(tf.range(0, N), row), rowEnd);
  const behind = tf.add(tf.mul(tf.range(M - 1, -1, -1), column), columnEnd).expandDims(1);
  return tf.div(G, tf.add(1, tf.mul(G, tf.add(before, behind))));
};

/** Every line by itself, to first order in its own load. */
const alphaBeta: Form = (G, { row, column, rowEnd, columnEnd }) => {
  const along = tf.transpose(G, [0, 2, 1]);
  const beta = firstOrderLines(along, row, rowEnd - row).transpose([0, 2, 1]);
  const alpha = firstOrderLines(tf.reverse(G, 1), column, columnEnd - column).reverse(1);
  return tf.mul(tf.mul(alpha, G), beta);
};

/** Every column as one representative device in series with the wires it sees. */
const jeong: Form = (G, { row, column, rowEnd, columnEnd }) => {
  const [, M, N] = G.shape;
  const most = tf.max(G, [1, 2], true);
  const least = tf.min(tf.where(tf.greater(G, 0), G, tf.add(tf.zerosLike(G), most)), [1, 2], true);
  const [a, b] = [tf.pow(most, WEIGHTING), tf.pow(least, WEIGHTING)];
  const device = tf.divNoNan(tf.add(tf.divNoNan(a, most), tf.divNoNan(b, least)), tf.add(a, b));
  const j = tf.range(0, N);
  const segments = tf.sub(tf.mul(tf.add(j, 1), N), tf.div(tf.mul(j, tf.add(j, 1)), 2));
  const before = tf.add(tf.mul(segments, row), N * (rowEnd - row));
  const behind = (column * M * (M + 1)) / 2 + M * (columnEnd - column);
  return tf.mul(G, tf.divNoNan(device, tf.add(tf.add(before, device), behind)));
};

/** Every line as the average one, to first order in its own load. */
const dmr: Form = (G, { row, column, rowEnd, columnEnd }) => {
  const a = firstOrderLines(tf.reverse(tf.mean(G, 2, true), 1), column, columnEnd - column).reverse(1);
  const b = firstOrderLines(tf.mean(G, 1, true).transpose([0, 2, 1]), row, rowEnd - row);
  return tf.mul(tf.mul(a, G), b.transpose([0, 2, 1]));
};

/** Factors [arrays, cells, lines] along lines, counted from their held ends, to first order. */
function firstOrderLines(g: tf.Tensor, segment: number, terminal: number): tf.Tensor {
  const cells = g.shape[1]!;
  const k = tf.range(0, cells);
  const before = tf.add(tf.mul(tf.add(k, 1), segment), terminal).expandDims(1);
  const whole = tf.add(1, tf.sum(tf.mul(g, before), 1, true));
  // distance[cell, k] = k − cell beyond the cell
  const distance = tf.relu(tf.sub(k.expandDims(0), k.expandDims(1)));
  const moments = tf.matMul(distance.expandDims(0).tile([g.shape[0]!, 1, 1]), g);
  return tf.div(tf.add(1, tf.mul(moments, segment)), whole);
}

const FORMS: Readonly<Record<Comparison, Form>> = { aam, 'alpha-beta': alphaBeta, dmr, jeong, series };

/** The effective conductances that a published approximation gives. */
export const comparison = <T extends tf.Tensor>(form: Comparison, g: T, lines: LineResistances): T =>
  tf.tidy(() => FORMS[form](asArrays(g), lines).reshape(g.shape)) as T;
