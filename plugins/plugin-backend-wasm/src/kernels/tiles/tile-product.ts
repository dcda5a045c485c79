import type * as tf from '@tensorflow/tfjs';
import type { TileAttributes } from '@txsim/ops';
import { kernelConfig } from '../arguments.js';
import { linesOf } from './lines.js';
import { PackedTiles } from './packed.js';

interface Inputs {
  readonly lines: tf.TensorInfo;
  readonly tiles: tf.TensorInfo;
}

/** `tileProduct` of @txsim/ops. */
export const tileProduct = kernelConfig<Inputs, TileAttributes>(
  'TxTileProduct',
  (heap, { lines, tiles }, { grid, direction }) => {
    const batch = lines.shape[0]!;
    const side = linesOf(grid, direction!);
    const [from, g] = [heap.pointer(lines), heap.pointer(tiles)];
    const out = heap.output([grid.tileRows, grid.tileColumns, batch, side.sensedLength]);
    const to = heap.pointer(out);
    const matrix = { g, grid, lines: side, forward: direction === 'forward' };
    const packed = new PackedTiles(heap, matrix, 'tiles', true);
    for (const tile of side.tiles) {
      packed.multiply(tile, batch, from, to + 4 * tile.index * batch * side.sensedLength);
    }
    return out;
  },
);
