import type * as tf from '@tensorflow/tfjs';
import type { TileAttributes } from '@txsim/ops';
import { kernelConfig } from '../arguments.js';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly d: tf.TensorInfo;
}

/** `tileOuter` of @txsim/ops. */
export const tileOuter = kernelConfig<Inputs, TileAttributes>('TxTileOuter', (heap, { x, d }, { grid }) => {
  const { tileRows, tileColumns, rows, columns, inputs, outputs } = grid;
  const out = heap.output([tileRows, tileColumns, rows, columns]);
  const sizes = [tileRows, tileColumns, rows, columns, inputs, outputs, x.shape[0]!];
  const workspace = heap.scratch(160 + 4 * 256 * (rows + tileColumns * (columns + 7)));
  heap.kernels.tileOuter(...sizes, heap.pointer(x), heap.pointer(d), heap.pointer(out), workspace);
  return out;
});
