import * as tf from '@tensorflow/tfjs';

/**
 * The unscaled voltage profiles of ladders, x being conductance times the resistance of a segment:
 * u₀ = 1, j₀ = 0, jᵢ₊₁ = jᵢ + xᵢ·uᵢ, uᵢ₊₁ = uᵢ + jᵢ₊₁ along axis 1 of x[arrays, cells, lines].
 *
 * Two levels instead of one walk of many small operations. Each ladder is cut into pieces, and all pieces are walked
 * at once from (u, j) = (1, 0) and from (0, 1): the recurrence is linear, so what comes out are the columns of a
 * 2 × 2 matrix that carries (u, j) over the piece. A walk from piece to piece then finds where each one starts, and a
 * last one over all pieces at once gives the profiles. All terms are ≥ 0: nothing cancels.
 */
export function ladderProfiles(x: tf.Tensor3D): tf.Tensor3D {
  const [arrays, cells, lines] = x.shape;
  const length = pieceLength(cells);
  const pieces = Math.ceil(cells / length);
  const padding = pieces * length - cells;
  // Cells without conductance in front change nothing.
  const padded = padding > 0 ? tf.pad(x, [[0, 0], [padding, 0], [0, 0]]) : x; // prettier-ignore
  const steps = tf.unstack(padded.reshape([arrays, pieces, length, lines]), 2);
  const [u, j] = starts(steps);
  const walked = walk(steps, u, j).profile;
  const profiles = tf.stack(walked, 2).reshape<tf.Tensor3D>([arrays, pieces * length, lines]);
  return padding > 0 ? tf.slice(profiles, [0, padding, 0], [-1, -1, -1]) : profiles;
}

/** Six operations for each cell of a piece and two for each piece: as few as possible. */
function pieceLength(cells: number): number {
  const cost = (length: number): number =>
    6 * length + 2 * Math.ceil(cells / length) + (cells % length > 0 ? 2 : 0);
  let best = 1;
  for (let length = 2; length <= cells; length++) if (cost(length) < cost(best)) best = length;
  return best;
}

/** One step after the other; `profile` holds u in front of each. */
function walk(steps: readonly tf.Tensor[], u: tf.Tensor, j: tf.Tensor) {
  const profile: tf.Tensor[] = [];
  for (const x of steps) {
    profile.push(u);
    j = tf.add(j, tf.mul(x, u));
    u = tf.add(u, j);
  }
  return { profile, u, j };
}

/** u and j in front of every piece, each [arrays, pieces, lines]. */
function starts(steps: readonly tf.Tensor[]): [tf.Tensor, tf.Tensor] {
  const [ones, zeros] = [tf.onesLike(steps[0]!), tf.zerosLike(steps[0]!)];
  const { u, j } = walk(steps, tf.stack([ones, zeros]), tf.stack([zeros, ones]));
  // For each piece [u and j behind it, u and j in front of it, arrays, lines].
  const matrices = tf.unstack(tf.stack([u, j]), 3);
  let start = tf.tensor([1, 0], [2, 1, 1]).tile([1, ones.shape[0]!, ones.shape[2]!]);
  const all = [start];
  for (const matrix of matrices.slice(0, -1)) {
    start = tf.sum(tf.mul(matrix, start), 1);
    all.push(start);
  }
  return tf.unstack(tf.stack(all, 2)) as [tf.Tensor, tf.Tensor];
}
