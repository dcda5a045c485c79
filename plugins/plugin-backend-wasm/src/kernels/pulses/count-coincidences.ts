import type * as tf from '@tensorflow/tfjs';
import { planeShape, type TileAttributes } from '@txsim/ops';
import { kernelConfig } from '../arguments.js';
import { copyRows, isWhole, paddedBytes } from './tile-rows.js';
import { stretches, TurnedTrains } from './turned-trains.js';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly d: tf.TensorInfo;
}

/** Bytes of the planes of eight numbers. */
const PLANES = 160;

/** `countCoincidences` of @txsim/ops. */
export const countCoincidences = kernelConfig<Inputs, TileAttributes>('TxCountCoincidences', (heap, inputs, { grid }) => {
  const { tileRows, tileColumns, rows, columns } = grid;
  const [up, down] = [heap.zeros(planeShape(grid)), heap.zeros(planeShape(grid))];
  const trains = new TurnedTrains(heap, grid);
  const planes = heap.scratch(PLANES, 'planes');
  const bytes = paddedBytes(rows, columns);
  const staged = isWhole(columns) ? 0 : heap.scratch(2 * bytes, 'tile rows');
  const [x, d] = [heap.pointer(inputs.x, 'int32'), heap.pointer(inputs.d, 'int32')];
  for (const stretch of stretches(0, inputs.x.shape[0]!)) {
    trains.turn(x, d, stretch);
    for (let t = 0; t < tileRows * tileColumns; t++) {
      const tile = [up, down].map((out) => heap.pointer(out) + 4 * t * rows * columns);
      const work = isWhole(columns) ? tile : [staged, staged + bytes];
      if (!isWhole(columns)) tile.forEach((from, k) => copyRows(heap, rows, columns, from, work[k]!, 'in'));
      const line = Math.floor(t / tileColumns) * rows - (tileRows * rows - grid.inputs);
      const skipped = Math.min(rows, Math.max(0, -line));
      const stride = 32 * trains.groups;
      const [toUp, toDown] = work.map((p) => p + skipped * stride);
      const column = t % tileColumns;
      heap.kernels.countPulses(rows - skipped, trains.groups, trains.rows, trains.lines, line + skipped, trains.column(column), trains.joined(column), trains.samples, toUp!, toDown!, stride, planes);
      if (!isWhole(columns)) tile.forEach((to, k) => copyRows(heap, rows, columns, to, work[k]!, 'out'));
    }
  }
  return [up, down];
}); // prettier-ignore
