import { normalNumbers } from '@txsim/plugin-testkit';
import type { TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** One array without padding: tiles and matrix are the same numbers. */
export const GRID: TileGrid = { inputs: 8, outputs: 8, tileRows: 1, tileColumns: 1, rows: 8, columns: 8 };
export const BATCH = 3;

/** Mini-batch k as float32 tensors and as rows of numbers. */
export function batch(k: number): { x: tf.Tensor2D; d: tf.Tensor2D; gradient: number[] } {
  const make = (seed: number): tf.Tensor2D => tf.tensor2d(normalNumbers(BATCH * 8, seed), [BATCH, 8]);
  const [x, d] = [make(2 * k + 1), make(2 * k + 2)];
  const [rows, columns] = [x.arraySync(), d.arraySync()];
  const gradient = Array.from({ length: 64 }, (_, c) =>
    rows.reduce((sum, row, b) => sum + row[c >> 3]! * columns[b]![c & 7]!, 0),
  );
  return { x, d, gradient };
}

/** The largest |a − b| of two lists of numbers. */
export const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0);
