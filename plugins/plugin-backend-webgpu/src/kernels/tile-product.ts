import type * as tf from '@tensorflow/tfjs';
import type { TileAttributes } from '@txsim/ops';
import { kernelConfig } from './arguments.js';
import { gridIntegers, readLine } from './lines.js';
import { matrixProduct } from './matrix-product.js';

interface Inputs {
  readonly lines: tf.TensorInfo;
  readonly tiles: tf.TensorInfo;
}

/** A cell of tile z, G[z, i, j]. */
const cell = (i: string, j: string): string =>
  `  return tiles[(z * uniforms.tileHeight + ${i}) * uniforms.tileWidth + ${j}];`;

/** `tileProduct` of @txsim/ops: one matrix product per tile, [batch × rows] · [rows × columns] or its transpose. */
export const tileProduct = kernelConfig<Inputs, TileAttributes>(
  'TxTileProduct',
  (backend, inputs, attributes) => {
    const { grid } = attributes;
    const { tileRows, tileColumns } = grid;
    const forward = attributes.direction === 'forward';
    const samples = inputs.lines.shape[0]!;
    const [depth, columns] = forward ? [grid.rows, grid.columns] : [grid.columns, grid.rows];
    return matrixProduct(backend, {
      inputs: { lines: inputs.lines, tiles: inputs.tiles },
      left: (forward ? readLine.row : readLine.column)('lines', 'm', 'k'),
      right: forward ? cell('k', 'n') : cell('n', 'k'),
      along: { left: 'k', right: forward ? 'n' : 'k' },
      batch: tileRows * tileColumns,
      rows: samples,
      depth,
      columns,
      integers: gridIntegers(grid),
      shape: [tileRows, tileColumns, samples, columns],
    });
  },
);
