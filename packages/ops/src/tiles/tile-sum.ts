import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';
import { rowOffset, type TileGrid } from './tile-grid.js';
import type { Direction, TileAttributes } from './tile-product.js';

/**
 * The digital sum of the tiles' converted outputs.
 *
 * forward: y[b, output(c, j)] = Σᵣ I[r, c, b, j], shape [batch, outputs];
 * backward: y[b, input(r, i)] = Σ꜀ I[r, c, b, i], shape [batch, inputs].
 */
export function tileSum(converted: tf.Tensor4D, grid: TileGrid, direction: Direction): tf.Tensor2D {
  const attributes: TileAttributes = { grid, direction };
  return dispatch('TxTileSum', { converted }, attributes, () =>
    tileSumReference(converted, attributes),
  ) as tf.Tensor2D;
}

/** The reference: sum, transpose, cut the padding. */
export function tileSumReference(converted: tf.Tensor4D, { grid, direction }: TileAttributes): tf.Tensor2D {
  const forward = direction === 'forward';
  const [lines, batch, length] = forward
    ? [grid.tileColumns, converted.shape[2], grid.columns]
    : [grid.tileRows, converted.shape[2], grid.rows];
  const flat = tf
    .sum<tf.Tensor3D>(converted, forward ? 0 : 1)
    .transpose<tf.Tensor3D>([1, 0, 2])
    .reshape<tf.Tensor2D>([batch, lines * length]);
  return forward
    ? flat.slice([0, 0], [batch, grid.outputs])
    : flat.slice([0, rowOffset(grid)], [batch, grid.inputs]);
}
