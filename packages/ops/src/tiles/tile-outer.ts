import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';
import { toTileColumns, toTileRows } from './arrange.js';
import type { TileGrid } from './tile-grid.js';

/**
 * The sum of outer products over a batch, in the layout of the tiles:
 * U[r, c, i, j] = Σ_b x[b, input(r, i)] · d[b, output(c, j)], 0 in the padding.
 *
 * @param x [batch, inputs]
 * @param d [batch, outputs]
 */
export function tileOuter(x: tf.Tensor2D, d: tf.Tensor2D, grid: TileGrid): tf.Tensor4D {
  return dispatch('TxTileOuter', { x, d }, { grid }, () => tileOuterReference(x, d, grid)) as tf.Tensor4D;
}

/** The reference: one batched product. */
export function tileOuterReference(x: tf.Tensor2D, d: tf.Tensor2D, grid: TileGrid): tf.Tensor4D {
  const { tileRows: R, tileColumns: C, rows, columns } = grid;
  const batch = x.shape[0];
  const left = tf.broadcastTo(toTileRows(x, grid), [R, C, batch, rows]);
  const right = tf.broadcastTo(toTileColumns(d, grid), [R, C, batch, columns]);
  return tf.matMul(left, right, true, false);
}
