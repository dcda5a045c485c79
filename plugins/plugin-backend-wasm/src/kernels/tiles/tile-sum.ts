import type * as tf from '@tensorflow/tfjs';
import { rowOffset, type TileAttributes } from '@txsim/ops';
import { kernelConfig } from '../arguments.js';

interface Inputs {
  readonly converted: tf.TensorInfo;
}

/** `tileSum` of @txsim/ops: one call per line of tiles, which knows where its part of the output lies. */
export const tileSum = kernelConfig<Inputs, TileAttributes>(
  'TxTileSum',
  (heap, { converted }, attributes) => {
    const { grid } = attributes;
    const forward = attributes.direction === 'forward';
    const batch = converted.shape[2]!;
    const [terms, lines] = forward ? [grid.tileRows, grid.tileColumns] : [grid.tileColumns, grid.tileRows];
    const [length, width] = forward ? [grid.columns, grid.outputs] : [grid.rows, grid.inputs];
    const offset = forward ? 0 : rowOffset(grid);
    const tile = 4 * batch * length;
    const [lineStep, termStep] = forward ? [tile, lines * tile] : [terms * tile, tile];
    const from = heap.pointer(converted);
    const out = heap.output([batch, width]);
    const to = heap.pointer(out);
    for (let line = 0; line < lines; line++) {
      const first = Math.max(0, offset - line * length);
      const at = line * length + first - offset;
      const count = Math.min(length - first, width - at);
      if (count <= 0) continue;
      const source = from + line * lineStep + 4 * first;
      heap.kernels.addRows(terms, batch, count, source, termStep, 4 * length, to + 4 * at, 4 * width);
    }
    return out;
  },
);
