import * as tf from '@tensorflow/tfjs';
import { asConvolution } from '../kernel/arrangement.js';
import { geometryOf, type ConvolutionLayer } from './image.js';
import { finish, onArrays, only } from './on-arrays.js';

/** A two-dimensional convolution on crossbars, channels last. */
export class AnalogConv2D extends onArrays<ConvolutionLayer>('Conv2D', {
  kernel: (layer, shape) => asConvolution(shape, geometryOf(layer)),
}) {
  static readonly className = 'AnalogConv2D';

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    this.imageShape = (inputShape as number[]).slice(1);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => finish(this, this.kernels['kernel']!.product(only(inputs))));
  }
}

tf.serialization.registerClass(AnalogConv2D);
