import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';
import { wordsOf, type DrawKey } from '../random/draw.js';
import type { RandomStream } from '../random/stream.js';
import { BLOCK, blockKey, blocksOf, padded, pulseElement, SLOTS } from './train.js';

/** Bits in which a uniform number is compared with a probability. */
const PRECISION = 23;

/** What a backend's `TxPulseTrains` kernel gets beside the tensors. */
export interface PulseTrainsAttributes {
  readonly firstSample: number;
  /** One key for each block of 32 samples. */
  readonly keys: readonly DrawKey[];
}

/**
 * Stochastic pulse trains: a line fires in each of the first `slots` slots with probability p = min(scale · |v|, 1),
 * independently of other slots, lines and samples. A row's train is one for all devices of the row, and so is a
 * column's, so that devices that share a line are correlated.
 *
 * Slot t of a line compares the uniform number whose binary digits are bit t of the line's successive random words,
 * (U + ½) · 2⁻²³, with p; all slots of a line are thus decided together, mostly by the first eight or nine words.
 *
 * Source: Gokmen, Vlasov, "Acceleration of deep neural network training with resistive cross-point devices", Frontiers
 * in Neuroscience 10 (2016), section "Stochastic update rule".
 *
 * @param values [batch, lines]
 * @param scale a scalar: probability per unit of |v|
 * @param slots a scalar from 0 to 31: the bit length BL
 * @param firstSample the number of the batch's first sample
 * @returns int32 trains, [batch, lines]
 */
export function pulseTrains(
  values: tf.Tensor2D,
  scale: tf.Scalar,
  slots: tf.Scalar,
  stream: RandomStream,
  firstSample: number,
): tf.Tensor2D {
  const keys = blocksOf(firstSample, values.shape[0]).map((block) => blockKey(stream, block, 0));
  const attributes: PulseTrainsAttributes = { firstSample, keys };
  const inputs = { values, scale, slots };
  return dispatch('TxPulseTrains', inputs, attributes, () => pulseTrainsReference(inputs, attributes)) as tf.Tensor2D; // prettier-ignore
}

/** The reference: uniform numbers from the plain TypeScript generator, compared by tfjs. */
export function pulseTrainsReference(
  { values, scale, slots }: { values: tf.Tensor2D; scale: tf.Scalar; slots: tf.Scalar },
  { firstSample, keys }: PulseTrainsAttributes,
): tf.Tensor2D {
  const [batch, lines] = values.shape;
  if (batch * lines === 0) return tf.zeros([batch, lines], 'int32');
  const uniform = tf.tensor3d(slotNumbers(batch, lines, firstSample, keys), [batch, SLOTS, lines]);
  const probability = tf.mul(tf.abs(values), scale).expandDims(1);
  const slot = tf.range(0, SLOTS).reshape([1, SLOTS, 1]);
  const fires = tf.logicalAnd(tf.less(uniform, probability), tf.less(slot, slots));
  const powers = tf.tensor3d(Int32Array.from({ length: SLOTS }, (_, t) => 2 ** t), [1, SLOTS, 1], 'int32'); // prettier-ignore
  const word = tf.sum(tf.mul(tf.cast(fires, 'int32'), powers), 1);
  const sign = tf.mul(tf.cast(tf.less(values, 0), 'int32'), tf.scalar(-(2 ** 31), 'int32'));
  return tf.add(word, sign);
}

/** The uniform numbers of [batch, 31, lines]. */
function slotNumbers(batch: number, lines: number, first: number, keys: readonly DrawKey[]): Float32Array {
  const out = new Float32Array(batch * SLOTS * lines).fill(2 ** -(PRECISION + 1));
  const words = new Uint32Array(lines);
  for (let b = 0; b < batch; b++) {
    const sample = first + b;
    const key = keys[Math.floor(sample / BLOCK) - Math.floor(first / BLOCK)]!;
    for (let w = 0; w < PRECISION; w++) {
      wordsOf(key, pulseElement(sample, w, padded(lines)), words);
      for (let t = 0; t < SLOTS; t++) {
        const at = (b * SLOTS + t) * lines;
        for (let i = 0; i < lines; i++) out[at + i]! += ((words[i]! >>> t) & 1) * 2 ** -(w + 1);
      }
    }
  }
  return out;
}
