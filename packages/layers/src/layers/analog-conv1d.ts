import * as tf from '@tensorflow/tfjs';
import { asConvolution } from '../kernel/arrangement.js';
import { geometryOf, type ConvolutionLayer } from './image.js';
import { finish, onArrays, only } from './on-arrays.js';

/** A one-dimensional convolution on crossbars: x[batch, steps, channels] as images of height 1. */
export class AnalogConv1D extends onArrays<ConvolutionLayer>('Conv1D', {
  kernel: (layer, shape) => asConvolution(shape, geometryOf(layer)),
}) {
  static readonly className = 'AnalogConv1D';

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    this.imageShape = (inputShape as number[]).slice(1);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const product = this.kernels['kernel']!.product(tf.expandDims(only(inputs), 1));
      return finish(this, tf.squeeze(product, [1]));
    });
  }
}

tf.serialization.registerClass(AnalogConv1D);
