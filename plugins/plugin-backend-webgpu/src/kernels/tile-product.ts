import type * as tf from '@tensorflow/tfjs';
import type { TileAttributes } from '@txsim/ops';
import { kernelConfig } from './arguments.js';
import { gridIntegers, readLine } from './lines.js';
import { matrixProduct, type MatrixProduct } from './matrix-product.js';

interface Inputs {
  readonly lines: tf.TensorInfo;
  readonly tiles: tf.TensorInfo;
}

/** A cell of tile z, G[z, i, j]. */
const cell = (i: string, j: string): string =>
  `  return tiles[(z * uniforms.tileHeight + ${i}) * uniforms.tileWidth + ${j}];`;

/** The products of lines with every tile of `tiles`. */
export function tileProductOf(
  lines: tf.TensorInfo,
  tiles: tf.TensorInfo,
  { grid, direction }: TileAttributes,
): MatrixProduct {
  const forward = direction === 'forward';
  const [depth, columns] = forward ? [grid.rows, grid.columns] : [grid.columns, grid.rows];
  return {
    inputs: { lines, tiles },
    left: (forward ? readLine.row : readLine.column)('lines', 'm', 'k'),
    right: forward ? cell('k', 'n') : cell('n', 'k'),
    along: { left: 'k', right: forward ? 'n' : 'k' },
    batch: grid.tileRows * grid.tileColumns,
    rows: lines.shape[0]!,
    depth,
    columns,
    integers: gridIntegers(grid),
  };
}

/** Of the currents of all tiles, [tileRows, tileColumns, samples, sensed lines]. */
export const currentsShape = ({ grid, direction }: TileAttributes, samples: number): number[] => [
  grid.tileRows,
  grid.tileColumns,
  samples,
  direction === 'forward' ? grid.columns : grid.rows,
];

/** `tileProduct` of @txsim/ops: one matrix product per tile, [batch × rows] · [rows × columns] or its transpose. */
export const tileProduct = kernelConfig<Inputs, TileAttributes>(
  'TxTileProduct',
  (backend, { lines, tiles }, attributes) =>
    matrixProduct(
      backend,
      tileProductOf(lines, tiles, attributes),
      currentsShape(attributes, lines.shape[0]!),
    ),
);
