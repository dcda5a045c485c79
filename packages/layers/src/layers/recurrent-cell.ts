import * as tf from '@tensorflow/tfjs';
import type { DigitalLayer } from './on-arrays.js';

/** What an analog cell uses of the digital one that it extends. */
export interface RecurrentCell extends DigitalLayer {
  readonly units: number;
  readonly recurrentActivation: { apply(x: tf.Tensor): tf.Tensor };
  readonly dropout: number;
  readonly recurrentDropout: number;
  // The layer around the cell disposes the masks before each sequence.
  dropoutMask: tf.Tensor | null;
  recurrentDropoutMask: tf.Tensor | null;
}

/** What tfjs gives a cell beside its inputs. */
export interface CellArguments {
  readonly training?: boolean;
}

/** Input and state with the dropout of this sequence, the same at every step. */
export function dropped(
  cell: RecurrentCell,
  [x, h]: readonly [tf.Tensor, tf.Tensor],
  { training }: CellArguments,
): [x: tf.Tensor, h: tf.Tensor] {
  if (!training) return [x, h];
  const mask = (like: tf.Tensor, rate: number): tf.Tensor => tf.keep(tf.dropout(tf.onesLike(like), rate));
  if (cell.dropout > 0) cell.dropoutMask ??= mask(x, cell.dropout);
  if (cell.recurrentDropout > 0) cell.recurrentDropoutMask ??= mask(h, cell.recurrentDropout);
  const { dropoutMask, recurrentDropoutMask } = cell;
  return [
    dropoutMask ? tf.mul(x, dropoutMask) : x,
    recurrentDropoutMask ? tf.mul(h, recurrentDropoutMask) : h,
  ];
}

/** x + bias, where the cell has one. */
export const biased = ({ bias }: RecurrentCell, x: tf.Tensor): tf.Tensor =>
  bias ? tf.add(x, bias.read()) : x;
