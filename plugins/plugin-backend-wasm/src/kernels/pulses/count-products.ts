import type * as tf from '@tensorflow/tfjs';
import { planeShape, type TileAttributes } from '@txsim/ops';
import { kernelConfig } from '../arguments.js';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly d: tf.TensorInfo;
  readonly divisor: tf.TensorInfo;
}

/** `countProducts` of @txsim/ops: one call per row of a tile. */
export const countProducts = kernelConfig<Inputs, TileAttributes>(
  'TxCountProducts',
  (heap, { x, d, divisor }, { grid }) => {
    const { tileRows, tileColumns, rows, columns, inputs, outputs } = grid;
    const [up, down] = [heap.zeros(planeShape(grid)), heap.zeros(planeShape(grid))];
    const by = heap.floats[heap.pointer(divisor) >> 2]!;
    const [fromX, fromD] = [heap.pointer(x), heap.pointer(d)];
    const [toUp, toDown] = [heap.pointer(up), heap.pointer(down)];
    for (let k = 0; k < inputs; k++) {
      const line = k + tileRows * rows - inputs;
      const [r, i] = [Math.floor(line / rows), line % rows];
      for (let c = 0; c < tileColumns; c++) {
        const used = Math.min(columns, outputs - c * columns);
        if (used <= 0) continue;
        const at = 4 * ((r * tileColumns + c) * rows + i) * columns;
        heap.kernels.countProducts(used, x.shape[0]!, fromX + 4 * k, 4 * inputs, fromD + 4 * c * columns, 4 * outputs, by, toUp + at, toDown + at); // prettier-ignore
      }
    }
    return [up, down];
  },
);
