import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';
import { toTileColumns, toTileRows } from './arrange.js';
import type { TileGrid } from './tile-grid.js';

/** From which side the arrays are driven: word lines (`forward`) or bit lines (`backward`). */
export type Direction = 'forward' | 'backward';

/** Attributes of the kernels `TxTileProduct`, `TxTileSum` and `TxTileOuter`. */
export interface TileAttributes {
  readonly grid: TileGrid;
  readonly direction?: Direction;
}

/**
 * The product of every tile with its part of the input, not yet summed over tiles, because each tile has converters
 * of its own.
 *
 * forward: I[r, c, b, j] = Σᵢ x[b, input(r, i)] · G[r, c, i, j], shape [tileRows, tileColumns, batch, columns];
 * backward: I[r, c, b, i] = Σⱼ d[b, output(c, j)] · G[r, c, i, j], shape [tileRows, tileColumns, batch, rows].
 *
 * @param lines x[batch, inputs] (forward) or d[batch, outputs] (backward)
 * @param tiles [tileRows, tileColumns, rows, columns]
 */
export function tileProduct(
  lines: tf.Tensor2D,
  tiles: tf.Tensor4D,
  grid: TileGrid,
  direction: Direction,
): tf.Tensor4D {
  const attributes: TileAttributes = { grid, direction };
  return dispatch('TxTileProduct', { lines, tiles }, attributes, () =>
    tileProductReference(lines, tiles, attributes),
  ) as tf.Tensor4D;
}

/** The reference: one batched product. */
export function tileProductReference(lines: tf.Tensor2D, tiles: tf.Tensor4D, a: TileAttributes): tf.Tensor4D {
  const { tileRows: R, tileColumns: C } = a.grid;
  const driven = a.direction === 'forward' ? toTileRows(lines, a.grid) : toTileColumns(lines, a.grid);
  const everywhere = tf.broadcastTo(driven, [R, C, driven.shape[2], driven.shape[3]]);
  return tf.matMul(everywhere, tiles, false, a.direction === 'backward');
}
