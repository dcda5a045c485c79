import type * as tf from '@tensorflow/tfjs';
import type { TileAttributes } from '@txsim/ops';
import { kernelConfig } from './arguments.js';

interface Inputs {
  readonly lines: tf.TensorInfo;
  readonly tiles: tf.TensorInfo;
}

/** `tileProduct` of @txsim/ops. */
export const tileProduct = kernelConfig<Inputs, TileAttributes>('TxTileProduct', (heap, { lines, tiles }, attributes) => {
  const { tileRows, tileColumns, rows, columns, inputs, outputs } = attributes.grid;
  const forward = attributes.direction === 'forward';
  const batch = lines.shape[0]!;
  const out = heap.output([tileRows, tileColumns, batch, forward ? columns : rows]);
  const kernel = forward ? heap.kernels.tileProductForward : heap.kernels.tileProductBackward;
  const from = [heap.pointer(lines), heap.pointer(tiles)] as const;
  const workspace = heap.scratch(160 + 32 * (rows + columns));
  const width = forward ? inputs : outputs;
  kernel(tileRows, tileColumns, rows, columns, width, batch, ...from, heap.pointer(out), workspace);
  return out;
}); // prettier-ignore
