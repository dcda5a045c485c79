import * as tf from '@tensorflow/tfjs';
import type { Signal } from './analog-product.js';

/**
 * The matrix of a depthwise convolution of some channels, whose blocks [kernelHeight · kernelWidth, multiplier] lie on
 * the diagonal: k[kernelHeight, kernelWidth, channels, multiplier] → W[kernelHeight · kernelWidth · channels,
 * channels · multiplier], W[(y, x, c), (c′, m)] = k[y, x, c, m] where c = c′, else 0.
 */
export function toBlockDiagonal(kernel: tf.Tensor4D): tf.Tensor2D {
  const [height, width, channels, multiplier] = kernel.shape;
  const patch = height * width;
  return tf
    .mul(kernel.reshape([patch, channels, 1, multiplier]), diagonal(channels))
    .reshape([patch * channels, channels * multiplier]);
}

/** The way back; what lies beside the blocks is dropped. */
export function fromBlockDiagonal(
  weights: tf.Tensor2D,
  [height, width]: readonly number[],
  channels: number,
): tf.Tensor4D {
  // prettier-ignore
  const patch = height! * width!;
  const multiplier = weights.shape[1] / channels;
  const blocks = tf.mul(weights.reshape([patch, channels, channels, multiplier]), diagonal(channels));
  return tf.sum(blocks, 2).reshape([height!, width!, channels, multiplier]);
}

/**
 * Signals under which devices beside the blocks are asked for nothing: one block after the other is driven, with the
 * inputs of its own channel and the gradients of its own outputs. Takes over the signal.
 */
export function blockByBlock({ x, d }: Signal, channels: number): Signal {
  if (channels === 1) return { x, d };
  const expanded = tf.tidy(() => {
    const only = (t: tf.Tensor, c: number): tf.Tensor => {
      const width = t.shape.at(-1)! / channels;
      const mask = Array.from({ length: t.shape.at(-1)! }, (_, k) => (Math.floor(k / width) === c ? 1 : 0));
      return tf.mul(t, tf.tensor1d(mask));
    };
    const blocks = Array.from({ length: channels }, (_, c) => c);
    return [x, d].map((t) =>
      tf.concat(
        blocks.map((c) => only(t, c)),
        0,
      ),
    );
  });
  tf.dispose([x, d]);
  return { x: expanded[0]!, d: expanded[1]! };
}

const diagonal = (channels: number): tf.Tensor4D => tf.eye(channels).reshape([1, channels, channels, 1]);
