import type * as tf from '@tensorflow/tfjs';
import type { TileAttributes } from '@txsim/ops';
import { kernelConfig } from './arguments.js';
import { gridIntegers, readLine } from './lines.js';
import { matrixProduct } from './matrix-product.js';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly d: tf.TensorInfo;
}

/** `tileOuter` of @txsim/ops: one matrix product per tile, [rows × samples] · [samples × columns]. */
export const tileOuter = kernelConfig<Inputs, TileAttributes>(
  'TxTileOuter',
  (backend, { x, d }, { grid }) => {
    const { tileRows, tileColumns, rows, columns } = grid;
    const product = {
      inputs: { x, d },
      left: readLine.row('x', 'k', 'm'),
      right: readLine.column('d', 'k', 'n'),
      along: { left: 'm', right: 'n' } as const,
      batch: tileRows * tileColumns,
      rows,
      depth: x.shape[0]!,
      columns,
      integers: gridIntegers(grid),
    };
    return matrixProduct(backend, product, [tileRows, tileColumns, rows, columns]);
  },
);
