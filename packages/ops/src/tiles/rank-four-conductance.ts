import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';
import { asArrays, lineProfiles, type LineProfiles, type LineResistances } from './line-profiles.js';

/**
 * `effectiveConductance` with sneak paths of rank four instead of one: their potentials may fall linearly across the
 * array, u = (1 − r) φ and v = (1 − c) φ with φ in span{1, y, x, x·y}, x and y being the coordinates of rows and columns
 * in [−1, 1]. Geff = B + Σ q_m X_mn p_nᵀ, with X from the energies of these eight potentials (Galerkin).
 * `docs/reference/wire-solver.md` derives it.
 *
 * @param g conductances [..., M, N] in siemens, all ≥ 0; leading dimensions are independent arrays
 * @returns [..., M, N] in siemens
 */
export function rankFourConductance<T extends tf.Tensor>(g: T, lines: LineResistances): T {
  return dispatch('TxRankFourConductance', { g }, lines, () => rankFourConductanceReference(g, lines)) as T;
}

/** The exponents of x and y in the four modes of a side. */
const MODES = [[0, 0], [0, 1], [1, 0], [1, 1]] as const; // prettier-ignore

/** The reference: moments as products, all arrays at once. */
export function rankFourConductanceReference<T extends tf.Tensor>(g: T, lines: LineResistances): T {
  const G = asArrays(g);
  return rankFourOf(G, lineProfiles(G, lines), lines).reshape(g.shape) as T;
}

/**
 * B and its correction of rank four of arrays whose lines are known, [arrays, M, N].
 *
 * @param entered what enters each cell for one volt on its word line, siemens; other than r·G where cells are linear only
 *   around a state of theirs
 */
export function rankFourOf(
  G: tf.Tensor3D,
  { row: r, column: c }: LineProfiles,
  lines: Pick<LineResistances, 'row' | 'column'>,
  entered: tf.Tensor3D = tf.mul(G, r),
): tf.Tensor {
  const [, M, N] = G.shape;
  const [x, y] = [powersOf(M), powersOf(N)];
  const [w, z] = [tf.sub<tf.Tensor3D>(1, r), tf.sub<tf.Tensor3D>(1, c)];
  const word = tf.mul<tf.Tensor3D>(G, w);
  const bit = tf.mul<tf.Tensor3D>(G, z);

  const moments = (cells: tf.Tensor3D): tf.Tensor3D => alongRows(alongColumns(cells, y), x);
  const wordEnergy = tf.add(block(moments(word)), wordStrain(w, x, lines.row));
  const bitEnergy = tf.add(block(moments(bit)), bitStrain(z, y, lines.column));
  const coupling = tf.neg(block(moments(tf.mul(word, z))));
  const energy = tf.concat([tf.concat([wordEnergy, coupling], 2), tf.concat([coupling, bitEnergy], 2)], 1);
  const allowed = [...MODES.map(([, b]) => exists(b, N, lines.row)), ...MODES.map(([a]) => exists(a, M, lines.column))]; // prettier-ignore
  const answer = tf.slice(semidefiniteInverse(energy as tf.Tensor3D, allowed), [0, 4, 0], [-1, 4, 4]);

  // p[arrays, M, 4]: what feeds the bit-line modes; q[arrays, 4, N]: what a column gains from the word-line modes.
  const fed = alongColumns(tf.mul(entered, z), y).slice([0, 0, 0], [-1, -1, 2]);
  const p = tf.concat([fed, tf.mul(fed, x.slice([0, 1], [-1, 1]))], 2);
  const gained = alongRows(tf.mul(word, c), x).slice([0, 0, 0], [-1, 2, -1]);
  const gainedAlong = tf.mul(gained, y.slice([0, 1], [-1, 1]).reshape([1, 1, N]));
  const q = tf.gather(tf.concat([gained, gainedAlong], 1), [0, 2, 1, 3], 1);
  const B = tf.mul(entered, c);
  return tf.add(B, tf.matMul(tf.matMul(p, answer), q));
}

/** Whether a side's modes of this exponent exist: with one line, or without resistance, nothing varies along it. */
const exists = (exponent: number, cells: number, segment: number): boolean =>
  exponent === 0 || (cells > 1 && segment > 0);

/** [lines, 3]: 1, x and x² of each line, x from −1 to 1; x = 0 for a single line. */
function powersOf(lines: number): tf.Tensor2D {
  const x = lines > 1 ? tf.linspace(-1, 1, lines) : tf.zeros([1]);
  return tf.stack([tf.onesLike(x), x, tf.square(x)], 1) as tf.Tensor2D;
}

/** [arrays, M, N] → [arrays, M, 3] Σⱼ y^b. */
function alongColumns(cells: tf.Tensor3D, y: tf.Tensor2D): tf.Tensor3D {
  const [arrays, M, N] = cells.shape;
  return tf.matMul<tf.Tensor2D>(cells.reshape([arrays * M, N]), y).reshape([arrays, M, 3]);
}

/** [arrays, M, any] → [arrays, 3, any] Σᵢ x^a. */
function alongRows(cells: tf.Tensor3D, x: tf.Tensor2D): tf.Tensor3D {
  const [arrays, M, any] = cells.shape;
  const turned = cells.transpose<tf.Tensor3D>([0, 2, 1]).reshape<tf.Tensor2D>([arrays * any, M]);
  return tf.matMul<tf.Tensor2D>(turned, x).reshape<tf.Tensor3D>([arrays, any, 3]).transpose([0, 2, 1]);
}

/** w_k · w_(k+1) along an axis; one line less. */
function products(w: tf.Tensor3D, axis: 1 | 2): tf.Tensor3D {
  const size = w.shape.map((n, d) => (d === axis ? n - 1 : n));
  const from = w.shape.map((_, d) => (d === axis ? 1 : 0));
  return tf.mul(tf.slice(w, 0, size), tf.slice(w, from, size));
}

/** Exponents of x and of y in the products of two modes, row by row. */
const PAIRS = MODES.flatMap((m) => MODES.map((n) => [m[0] + n[0], m[1] + n[1]] as const));

/** [arrays, 4, 4] of the moments [arrays, 3, 3] of a side: Σ x^(a+a') y^(b+b'). */
const block = (moments: tf.Tensor3D): tf.Tensor =>
  tf
    .gather(moments.reshape([moments.shape[0], 9]), PAIRS.map(([a, b]) => 3 * a + b), 1)
    .reshape([moments.shape[0], 4, 4]); // prettier-ignore

/**
 * The energy of segments that modes strain beyond their profile, [arrays, 4, 4]: (δ²/R) Σᵢ x^(a+a') Σⱼ w w₊₁ where both
 * modes contain y. Where none exists, 0.
 */
function wordStrain(w: tf.Tensor3D, x: tf.Tensor2D, segment: number): tf.Tensor {
  const [arrays, , N] = w.shape;
  if (!exists(1, N, segment)) return tf.scalar(0);
  const along = tf.sum<tf.Tensor3D>(products(w, 2), 2, true);
  const moments = alongRows(along, x).reshape([arrays, 3]);
  const chosen = tf.gather(moments, PAIRS.map(([a]) => a), 1); // prettier-ignore
  const strained = PAIRS.map(([, b]) => (b === 2 ? stiffness(N, segment) : 0));
  return tf.mul(chosen, strained).reshape([arrays, 4, 4]);
}

/** The same of bit lines, Σⱼ y^(b+b') Σᵢ z z₊₁ where both modes contain x. */
function bitStrain(z: tf.Tensor3D, y: tf.Tensor2D, segment: number): tf.Tensor {
  const [arrays, M] = z.shape;
  if (!exists(1, M, segment)) return tf.scalar(0);
  const along = tf.sum<tf.Tensor3D>(products(z, 1), 1, true);
  const moments = alongColumns(along, y).reshape([arrays, 3]);
  const chosen = tf.gather(moments, PAIRS.map(([, b]) => b), 1); // prettier-ignore
  const strained = PAIRS.map(([a]) => (a === 2 ? stiffness(M, segment) : 0));
  return tf.mul(chosen, strained).reshape([arrays, 4, 4]);
}

/** δ² / R, siemens. */
const stiffness = (cells: number, segment: number): number => (2 / (cells - 1)) ** 2 / segment;

/** What a pivot must keep of its diagonal element in float32; less is rounding. */
const INDEPENDENCE = 1e-6;

/**
 * The inverses of symmetric positive semidefinite matrices [arrays, n, n] on the modes that exist, 0 elsewhere: sweeps
 * of the matrices scaled to unit diagonals. Modes that are not allowed, without energy or contained in earlier ones are
 * left out.
 */
function semidefiniteInverse(matrices: tf.Tensor3D, allowed: readonly boolean[]): tf.Tensor3D {
  const size = allowed.length;
  const unit = tf.eye(size);
  const diagonal = tf.mul(tf.sum(tf.mul(matrices, unit), 2), tf.tensor1d(allowed.map(Number)));
  const scale = tf.where(
    tf.greater(diagonal, 0),
    tf.rsqrt(tf.maximum(diagonal, 1e-37)),
    tf.zerosLike(diagonal),
  );
  const scales = tf.mul(scale.expandDims(2), scale.expandDims(1));
  let left: tf.Tensor = tf.mul(matrices, scales);
  for (let k = 0; k < size; k++) {
    const e = unit.slice([k, 0], [1, size]).reshape([1, size]);
    const column = tf.squeeze(tf.slice(left, [0, 0, k], [-1, size, 1]), [2]);
    const pivot = tf.slice(column, [0, k], [-1, 1]);
    const sound = tf.greater(pivot, INDEPENDENCE);
    const inverse = tf
      .where(sound, tf.reciprocal(tf.maximum(pivot, INDEPENDENCE)), tf.zerosLike(pivot))
      .expandDims(2);
    const others = tf.mul(column, tf.sub(1, e));
    const cross = tf.mul(others.expandDims(2), e.expandDims(1));
    const kept = tf.mul(tf.sub(1, e).expandDims(2), tf.sub(1, e).expandDims(1));
    const eliminated = tf.mul(
      tf.sub(left, tf.mul(tf.mul(column.expandDims(2), column.expandDims(1)), inverse)),
      kept,
    );
    const swept = tf.sub(tf.add(cross, cross.transpose([0, 2, 1])), tf.mul(e.expandDims(2), e.expandDims(1)));
    left = tf.add(eliminated, tf.mul(swept, inverse));
  }
  return tf.neg(tf.mul(left, scales)) as tf.Tensor3D;
}
