import { PluginError, type NetworkTask } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';

type Symbolic = tf.SymbolicTensor;

/**
 * The input of a network of images: grey images without channels get one.
 *
 * @throws PluginError STACK_INVALID if samples are no images, or smaller than the network needs
 */
export function imageInput(
  { inputShape }: NetworkTask,
  network: string,
  smallest = 1,
): { input: Symbolic; image: Symbolic } {
  // prettier-ignore
  const [height = 0, width = 0] = inputShape;
  if (inputShape.length < 2 || inputShape.length > 3 || Math.min(height, width) < smallest) {
    const wanted = `images [height, width] or [height, width, channels] of at least ${smallest}×${smallest}`;
    throw new PluginError('STACK_INVALID', network, `expected ${wanted}, the data set has [${inputShape.join(', ')}]`); // prettier-ignore
  }
  const input = tf.input({ shape: [...inputShape] });
  if (inputShape.length === 3) return { input, image: input };
  const reshape = tf.layers.reshape({ name: 'channel', targetShape: [height, width, 1] });
  return { input, image: reshape.apply(input) as Symbolic };
}

/** Applies layers one after the other. */
export const chain = (x: Symbolic, ...layers: readonly tf.layers.Layer[]): Symbolic =>
  layers.reduce((value, layer) => layer.apply(value) as Symbolic, x);
