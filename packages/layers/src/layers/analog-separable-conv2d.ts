import * as tf from '@tensorflow/tfjs';
import { asDepthwise, asMatrix } from '../kernel/arrangement.js';
import { depthwise } from './analog-depthwise-conv2d.js';
import { geometryOf, type ConvolutionLayer } from './image.js';
import { finish, onArrays, only } from './on-arrays.js';

/** A depthwise convolution and a product over channels, each on crossbars of its own; channels last. */
export class AnalogSeparableConv2D extends onArrays<ConvolutionLayer>('SeparableConv2D', {
  depthwise_kernel: (layer, shape, arrays) => asDepthwise(shape, geometryOf(layer), arrays),
  pointwise_kernel: (_, shape) => asMatrix(shape),
}) {
  static readonly className = 'AnalogSeparableConv2D';

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    this.imageShape = (inputShape as number[]).slice(1);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const channels = depthwise(only(inputs), this.kernels['depthwise_kernel']!);
      return finish(this, this.kernels['pointwise_kernel']!.product(channels));
    });
  }
}

tf.serialization.registerClass(AnalogSeparableConv2D);
