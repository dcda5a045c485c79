import { fromTiles, lineProfiles, toTiles, usedCells, type LineResistances, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** A device's window, and what the wires make of arrays of conductances, differentiable. */
export interface SingleDevices {
  /** Siemens. */
  readonly gMin: number;
  readonly gMax: number;
  readonly effective: (g: tf.Tensor4D) => tf.Tensor4D;
}

/**
 * Signed weights as single conductances, the least of each array at gMin and the greatest at gMax, and back from what the
 * wires make of them; the offset that an array has in common is removed digitally, as if there were no wires.
 *
 * w ↦ g = gMin + (w − min w) k ↦ Geff ↦ (Geff − gMin) / k + min w, k = (gMax − gMin) / (max w − min w).
 *
 * @returns the weights that a product sees
 */
export function throughWires(w: tf.Tensor2D, grid: TileGrid, devices: SingleDevices): tf.Tensor2D {
  const { gMin, gMax, effective } = devices;
  const used = usedCells(grid);
  // Cells that are not used are out of the weights' range, and take no part in it.
  const beyond = (side: number): tf.Tensor => tf.add(toTiles(w, grid), tf.mul(tf.sub(1, used), side));
  const least = tf.min(beyond(1e9), [2, 3], true);
  const scale = tf.div(gMax - gMin, tf.sub(tf.max(beyond(-1e9), [2, 3], true), least));
  const raised = tf.add(tf.mul(tf.sub(toTiles(w, grid), least), scale), gMin);
  const kept = tf.sub(effective(tf.mul(raised, used)), gMin);
  return fromTiles(tf.add(tf.div(kept, scale), least) as tf.Tensor4D, grid);
}

/** The rank-one form as tfjs can differentiate it, for arrays whose wires are not nearly ideal. */
function ladder(g: tf.Tensor4D, lines: LineResistances): tf.Tensor4D {
  const [R, C, M, N] = g.shape;
  const G = g.reshape<tf.Tensor3D>([R * C, M, N]);
  const { row: r, column: c, rowCurrent, columnCurrent } = lineProfiles(G, lines);
  const B = tf.mul(tf.mul(r, G), c);
  const p = tf.sub(rowCurrent, tf.sum(B, 2));
  const q = tf.sub(columnCurrent, tf.sum(B, 1));
  const all = tf.sum(G, [1, 2]);
  const a = tf.sub(all, tf.sum(rowCurrent, 1));
  const d = tf.sub(all, tf.sum(columnCurrent, 1));
  const w = tf.sum(p, 1).neg().add(d);
  const kappa = tf.div(w, tf.sub(tf.mul(a, d), tf.square(w)));
  const sneak = tf.mul(tf.mul(kappa.reshape([R * C, 1, 1]), p.expandDims(2)), q.expandDims(1));
  return tf.add(B, sneak).reshape(g.shape);
}

/** A closed form whose gradient is that of the rank-one form. */
export function withLadderGradient(
  form: (g: tf.Tensor4D, lines: LineResistances) => tf.Tensor4D,
  lines: LineResistances,
): (g: tf.Tensor4D) => tf.Tensor4D {
  const rest = tf.customGrad((...inputs) => {
    const g = inputs[0] as tf.Tensor4D;
    return {
      value: tf.sub(form(g, lines), ladder(g, lines)),
      gradFunc: (upstream: tf.Tensor) => tf.zerosLike(upstream),
    };
  });
  return (g) => tf.add(ladder(g, lines), rest(g));
}
