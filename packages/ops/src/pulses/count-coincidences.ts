import * as tf from '@tensorflow/tfjs';
import { dispatchAll } from '../dispatch.js';
import type { TileGrid } from '../tiles/tile-grid.js';
import { tileOuter } from '../tiles/tile-outer.js';
import { SLOTS, unpackTrains } from './train.js';

/** Pulses per weight, whole numbers in float32, in the layout of the tiles; 0 in the padding. */
export interface PulseCounts {
  readonly up: tf.Tensor4D;
  readonly down: tf.Tensor4D;
}

/**
 * How many pulses the trains of a batch give each weight: slots in which its row and its column both fire. Where the
 * signs of x and d agree the weight goes down, as in ΔW = −rate · xᵀd.
 *
 * @param x int32 trains [batch, inputs]
 * @param d int32 trains [batch, outputs]
 */
export function countCoincidences(x: tf.Tensor2D, d: tf.Tensor2D, grid: TileGrid): PulseCounts {
  const [up, down] = dispatchAll('TxCountCoincidences', { x, d }, { grid }, () => countCoincidencesReference(x, d, grid)); // prettier-ignore
  return { up: up as tf.Tensor4D, down: down as tf.Tensor4D };
}

/** The reference: products of trains as rows of zeros and ones, with and without their signs. */
export function countCoincidencesReference(x: tf.Tensor2D, d: tf.Tensor2D, grid: TileGrid): tf.Tensor[] {
  const [rows, columns] = [unpackTrains(x), unpackTrains(d)];
  const flat = (t: tf.Tensor, lines: number): tf.Tensor2D => t.reshape([x.shape[0] * SLOTS, lines]);
  const all = tileOuter(flat(rows.bits, grid.inputs), flat(columns.bits, grid.outputs), grid);
  const signed = (u: typeof rows): tf.Tensor => tf.mul(u.bits, u.signs);
  const net = tileOuter(flat(signed(rows), grid.inputs), flat(signed(columns), grid.outputs), grid);
  return [tf.mul(tf.sub(all, net), 0.5), tf.mul(tf.add(all, net), 0.5)];
}
