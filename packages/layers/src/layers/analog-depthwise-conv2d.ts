import * as tf from '@tensorflow/tfjs';
import type { AnalogKernel } from '../kernel/analog-kernel.js';
import { asDepthwise, parts } from '../kernel/arrangement.js';
import { geometryOf, type ConvolutionLayer } from './image.js';
import { finish, onArrays, only } from './on-arrays.js';

/**
 * A depthwise convolution on crossbars, channels last. As many channels as fit into one array share it,
 * block-diagonally; the devices beside the blocks stand for 0 and are never asked for anything. As in tfjs 4.22,
 * `dilationRate` has no effect.
 */
export class AnalogDepthwiseConv2D extends onArrays<ConvolutionLayer>('DepthwiseConv2D', {
  depthwise_kernel: (layer, shape, arrays) => asDepthwise(shape, geometryOf(layer, false), arrays),
}) {
  static readonly className = 'AnalogDepthwiseConv2D';

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    this.imageShape = (inputShape as number[]).slice(1);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => finish(this, depthwise(only(inputs), this.kernels['depthwise_kernel']!)));
  }
}

/** Each group of channels through its array. */
export function depthwise(x: tf.Tensor, kernel: AnalogKernel): tf.Tensor {
  const sizes = kernel.products.map(({ piece }) => piece.blocks!);
  const groups = parts(x, sizes, 3);
  return tf.concat(groups.map((group, i) => kernel.product(group, i)), 3); // prettier-ignore
}

tf.serialization.registerClass(AnalogDepthwiseConv2D);
