import { asArrays, lineProfiles, type LineResistances } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** Published approximations on tensors g[..., M, N], to compare with; `@txsim/circuit-models` has their equations. */
export type Comparison = 'aam' | 'dmr' | 'jeong' | 'series';

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
  const a = averageLine(tf.reverse(tf.mean(G, 2), 1), column, columnEnd - column).reverse(1);
  const b = averageLine(tf.mean(G, 1), row, rowEnd - row);
  return tf.mul(tf.mul(a.expandDims(2), G), b.expandDims(1));
};

/** Factors [arrays, cells] along average lines, counted from their held ends. */
function averageLine(mean: tf.Tensor, segment: number, terminal: number): tf.Tensor {
  const cells = mean.shape[1]!;
  const k = tf.range(0, cells);
  const whole = tf.add(1, tf.sum(tf.mul(mean, tf.add(tf.mul(tf.add(k, 1), segment), terminal)), 1, true));
  // distance[k, cell] = k − cell beyond the cell
  const distance = tf.relu(tf.sub(k.expandDims(1), k.expandDims(0)));
  const beyond = tf.add(1, tf.mul(tf.matMul(mean as tf.Tensor2D, distance as tf.Tensor2D), segment));
  return tf.div(beyond, whole);
}

const FORMS: Readonly<Record<Comparison, Form>> = { aam, dmr, jeong, series };

/** The effective conductances that a published approximation gives. */
export const comparison = <T extends tf.Tensor>(form: Comparison, g: T, lines: LineResistances): T =>
  tf.tidy(() => FORMS[form](asArrays(g), lines).reshape(g.shape)) as T;
