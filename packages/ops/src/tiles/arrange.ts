import * as tf from '@tensorflow/tfjs';
import { columnPadding, rowOffset, type TileGrid } from './tile-grid.js';

/** W[inputs, outputs] → tiles [tileRows, tileColumns, rows, columns], unused cells filled with `fill`. */
export function toTiles(matrix: tf.Tensor2D, grid: TileGrid, fill = 0): tf.Tensor4D {
  return tf.tidy(() =>
    tf
      .pad(
        matrix,
        [
          [rowOffset(grid), 0],
          [0, columnPadding(grid)],
        ],
        fill,
      ) // prettier-ignore
      .reshape<tf.Tensor4D>([grid.tileRows, grid.rows, grid.tileColumns, grid.columns])
      .transpose([0, 2, 1, 3]),
  ) as tf.Tensor4D;
}

/** Tiles → W[inputs, outputs]; unused cells are dropped. */
export function fromTiles(tiles: tf.Tensor4D, grid: TileGrid): tf.Tensor2D {
  return tf.tidy(() =>
    tiles
      .transpose<tf.Tensor4D>([0, 2, 1, 3])
      .reshape<tf.Tensor2D>([grid.tileRows * grid.rows, grid.tileColumns * grid.columns])
      .slice([rowOffset(grid), 0], [grid.inputs, grid.outputs]),
  );
}

/** 1 where a cell is used, 0 in the padding. */
export const usedCells = (grid: TileGrid): tf.Tensor4D =>
  tf.tidy(() => toTiles(tf.ones([grid.inputs, grid.outputs]), grid));

/** x[batch, inputs] → [tileRows, 1, batch, rows]: what each tile row is driven with. */
export const toTileRows = (x: tf.Tensor2D, grid: TileGrid): tf.Tensor4D =>
  tf
    .pad(x, [
      [0, 0],
      [rowOffset(grid), 0],
    ]) // prettier-ignore
    .reshape<tf.Tensor3D>([x.shape[0], grid.tileRows, grid.rows])
    .transpose<tf.Tensor3D>([1, 0, 2])
    .expandDims<tf.Tensor4D>(1);

/** d[batch, outputs] → [1, tileColumns, batch, columns]: what each tile column is driven with. */
export const toTileColumns = (d: tf.Tensor2D, grid: TileGrid): tf.Tensor4D =>
  tf
    .pad(d, [
      [0, 0],
      [0, columnPadding(grid)],
    ]) // prettier-ignore
    .reshape<tf.Tensor3D>([d.shape[0], grid.tileColumns, grid.columns])
    .transpose<tf.Tensor3D>([1, 0, 2])
    .expandDims<tf.Tensor4D>(0);
