import * as tf from '@tensorflow/tfjs';
import { drawKey, type DrawKey, type NoiseKind } from '../random/draw.js';
import type { RandomStream } from '../random/stream.js';

/**
 * A pulse train is one int32: bit t says whether the line fires in slot t < 31, and the sign bit is the sign of the value
 * that the train stands for. A device gets a pulse in every slot in which its row and its column both fire.
 */
export const SLOTS = 31;

/** Samples that share one draw of random numbers; see `pulseElement`. */
export const BLOCK = 32;

/**
 * Where the random number of one event lies: event e < 32 of sample s (a pulse of a device, a word of a train) takes
 * element (32 · (s mod 32) + e) · stride + i of draw ⌊s/32⌋, i being the device or line.
 *
 * So numbers depend on the sample's number alone, not on how a batch is cut into calls. They are different as long as
 * the stride is at most 2²³.
 */
export const pulseElement = (sample: number, event: number, stride: number): number =>
  (BLOCK * (sample % BLOCK) + event) * stride;

/** The key of a block's draw. Pulses come from the generator Feistel, whichever one the stream names: it takes any counter. */
export const blockKey = ({ key }: RandomStream, block: number, kind: NoiseKind): DrawKey =>
  drawKey({ key, generator: 'feistel' }, block, kind);

/** Lines or cells of a row, with what rounds them up to whole pairs of vectors: the stride of their random numbers. */
export const padded = (length: number): number => 8 * Math.ceil(length / 8);

/** The blocks of 32 samples that samples first … first + count − 1 lie in. */
export function blocksOf(first: number, count: number): readonly number[] {
  const start = Math.floor(first / BLOCK);
  const end = count === 0 ? start : Math.floor((first + count - 1) / BLOCK) + 1;
  return Array.from({ length: end - start }, (_, k) => start + k);
}

/** The lines' trains, taken apart. */
export interface Unpacked {
  /** 1 where a line fires, [batch, 31, lines]. */
  readonly bits: tf.Tensor3D;
  /** ±1, [batch, 1, lines]. */
  readonly signs: tf.Tensor3D;
}

/** int32 trains [batch, lines] → bits and signs, in float32. */
export function unpackTrains(trains: tf.Tensor2D): Unpacked {
  const words = trains.expandDims<tf.Tensor3D>(1);
  const negative = tf.less(words, 0);
  const slots = tf.where(negative, tf.sub(words, tf.scalar(-(2 ** 31), 'int32')), words);
  const powers = tf.tensor3d(Int32Array.from({ length: SLOTS }, (_, t) => 2 ** t), [1, SLOTS, 1], 'int32'); // prettier-ignore
  const bits = tf.mod(tf.floorDiv(slots, powers), tf.scalar(2, 'int32'));
  return {
    bits: tf.cast(bits, 'float32') as tf.Tensor3D,
    signs: tf.sub(1, tf.mul(2, tf.cast(negative, 'float32'))) as tf.Tensor3D,
  };
}
