import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';
import { SLOTS } from './train.js';

/**
 * Trains that fire in their first |n| slots, with the sign of n: where a row fires in every slot, a device gets as many pulses
 * as its column has.
 *
 * @param counts whole numbers n from −31 to 31, [batch, lines]
 * @returns int32 trains, [batch, lines]; see `pulseTrains`
 */
export const countedTrains = (counts: tf.Tensor2D): tf.Tensor2D =>
  dispatch('TxCountedTrains', { counts }, {}, () => countedTrainsReference(counts)) as tf.Tensor2D;

/** The reference: looked up, and a sign added; in integers. */
export function countedTrainsReference(counts: tf.Tensor2D): tf.Tensor2D {
  const firstSlots = Int32Array.from({ length: SLOTS + 1 }, (_, n) => 2 ** n - 1);
  const fires = tf.gather(tf.tensor1d(firstSlots, 'int32'), tf.cast(tf.abs(counts), 'int32'));
  const negative = tf.cast(tf.less(counts, 0), 'int32');
  return tf.add(fires, tf.mul(negative, tf.scalar(-(2 ** 31), 'int32')));
}
