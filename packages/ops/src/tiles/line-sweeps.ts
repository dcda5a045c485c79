import * as tf from '@tensorflow/tfjs';
import { lineProfiles, type LineResistances } from './line-profiles.js';

/** Enough for float32 up to a convergence factor of 0.97, which arrays that lose 97 % of their current have. */
const SWEEPS = 72;
/** Applications of K that smooth the test potential of `contraction`. */
const SMOOTHING = 4;
const FLOOR = 1 / 32;

/**
 * The currents [K, N] of one array G[M, N] for volts [K, M]: u = r V + T_r G T_c G u by Chebyshev's acceleration, with
 * each line's resistances T between its cells as a matrix. Nothing is read back, so the number of sweeps is fixed.
 */
export function sweptCurrents(volts: tf.Tensor2D, G: tf.Tensor2D, lines: LineResistances): tf.Tensor2D {
  const array = coupling(G, lines);
  const plain = array.solve(driven(array.r, volts.transpose(), 1));
  return tf.sum<tf.Tensor2D>(tf.mul(tf.mul(array.c, G).expandDims(2), plain), 0).transpose();
}

/** The voltages [M, N, K] of the cells, from word to bit line, for volts [K, M] on the word and ends [K, N] on the bit lines. */
export function sweptVoltages(
  volts: tf.Tensor2D,
  ends: tf.Tensor2D,
  G: tf.Tensor2D,
  lines: LineResistances,
): tf.Tensor3D {
  const array = coupling(G, lines);
  const returned = driven(array.c, ends.transpose(), 0);
  const u = array.solve(tf.add(driven(array.r, volts.transpose(), 1), array.toWords(returned)));
  return tf.sub(u, tf.add(returned, array.toBits(u)));
}

/** profile[M, N] times the volts [lines, K] of its lines, which stand along the other axis than `axis`. */
const driven = (profile: tf.Tensor, volts: tf.Tensor, axis: 0 | 1): tf.Tensor =>
  tf.mul(profile.expandDims(2), volts.expandDims(axis));

/** What word and bit lines of one array do to each other's potentials [M, N, K], and the potentials that they agree on. */
function coupling(G: tf.Tensor2D, lines: LineResistances) {
  const profiles = lineProfiles(G.expandDims(0), lines);
  const [r, c] = [tf.squeeze(profiles.row, [0]), tf.squeeze(profiles.column, [0])];
  // [M, N, N] and [N, M, M] ohms.
  const word = resistances(held(G, lines.row, lines.rowEnd), r);
  const bit = resistances(
    held(G.reverse(0).transpose(), lines.column, lines.columnEnd),
    c.reverse(0).transpose(),
  ).reverse([1, 2]);
  const cells = G.expandDims(2);
  const toBits = (u: tf.Tensor): tf.Tensor =>
    tf.matMul(bit, tf.mul(cells, u).transpose([1, 0, 2])).transpose([1, 0, 2]);
  const toWords = (v: tf.Tensor): tf.Tensor => tf.matMul(word, tf.mul(cells, v));
  const coupled = (u: tf.Tensor): tf.Tensor => toWords(toBits(u));
  const sigma = spectrum(coupled, r, c, lines);
  const solve = (source: tf.Tensor): tf.Tensor => chebyshev((u) => tf.add(source, coupled(u)), source, sigma);
  return { r, c, toBits, toWords, solve };
}

/**
 * The voltage [lines, cells] of lines held at their first cell for one ampere through the terminal resistance, from the
 * held end; times the profile of the open end it is the resistance between two cells.
 */
function held(G: tf.Tensor, segment: number, end: number): tf.Tensor {
  const cells = tf.unstack(G, 1);
  const voltages: tf.Tensor[] = [];
  let voltage: tf.Tensor = tf.fill(cells[0]!.shape, end);
  let current: tf.Tensor = tf.onesLike(cells[0]!);
  for (const g of cells) {
    voltages.push(voltage);
    current = tf.add(current, tf.mul(g, voltage));
    voltage = tf.add(voltage, tf.mul(current, segment));
  }
  return tf.stack(voltages, 1);
}

/** [lines, cells, cells]: near(min) · far(max), cells counted from the held end. */
function resistances(near: tf.Tensor, far: tf.Tensor): tf.Tensor {
  const cells = near.shape[1]!;
  const outer = tf.mul(near.expandDims(2), far.expandDims(1));
  const upper = tf.linalg.bandPart(tf.ones([cells, cells]), 0, -1);
  const lower = tf.sub(1, upper);
  return tf.add(tf.mul(outer, upper), tf.mul(outer.transpose([0, 2, 1]), lower));
}

/** σ = ρ / (2 − ρ) with ρ ≥ the spectral radius: ρ_b, or max (K w) / w of a smooth w where that is less. */
function spectrum(
  coupled: (u: tf.Tensor) => tf.Tensor,
  r: tf.Tensor,
  c: tf.Tensor,
  lines: LineResistances,
): tf.Tensor {
  const [M, N] = r.shape as [number, number];
  let radius: tf.Tensor = tf.mul(tf.sub(1, tf.min(r)), tf.sub(1, tf.min(c)));
  const along = tf.reverse(rise(M, lines.columnEnd, lines.column));
  let w = tf.add(tf.mul(along.expandDims(1), rise(N, lines.rowEnd, lines.row)), FLOOR).expandDims(2);
  for (let k = 0; k < SMOOTHING; k++) {
    const next = coupled(w);
    radius = tf.minimum(radius, tf.max(tf.div(next, w)));
    w = tf.add(tf.divNoNan(next, tf.max(next)), FLOOR);
  }
  return tf.div(radius, tf.sub(2, radius));
}

/** About a quarter wave from the held end to the open one; a terminal resistance counts as so many segments more. */
function rise(cells: number, end: number, segment: number): tf.Tensor1D {
  if (segment === 0) return tf.ones([cells]);
  const before = end / segment;
  const at = tf.div(tf.add(tf.range(0, cells), before), cells - 0.5 + before);
  return tf.mul(at, tf.sub(2, at));
}

/** The fixed point of `plain`, whose spectrum is in [0, ρ]; see `Chebyshev` of @txsim/circuit-models. */
function chebyshev(plain: (u: tf.Tensor) => tf.Tensor, first: tf.Tensor, sigma: tf.Tensor): tf.Tensor {
  const square = tf.square(sigma);
  const overshoot = tf.add(1, sigma);
  let relaxation: tf.Tensor = tf.scalar(1);
  let [u, previous] = [first, first];
  for (let n = 0; n < SWEEPS; n++) {
    if (n > 0) relaxation = tf.div(1, tf.sub(1, tf.mul(square, tf.div(relaxation, n === 1 ? 2 : 4))));
    const move = tf.mul(overshoot, tf.sub(plain(u), u));
    const next = tf.add(previous, tf.mul(relaxation, tf.sub(tf.add(u, move), previous)));
    [u, previous] = [next, u];
  }
  return plain(u);
}
