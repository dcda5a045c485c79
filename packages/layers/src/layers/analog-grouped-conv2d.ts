import * as tf from '@tensorflow/tfjs';
import { asGroups } from '../kernel/arrangement.js';
import { inGroups, GroupedConv2D, type GroupedConvolution } from './grouped-conv2d.js';
import { geometryOf } from './image.js';
import { finish, onArrays, only } from './on-arrays.js';

/** A grouped convolution on crossbars, each group a matrix of its own. */
export class AnalogGroupedConv2D extends onArrays<GroupedConvolution>(GroupedConv2D.className, {
  kernel: (layer, shape) => asGroups(shape, geometryOf(layer), layer.groups),
}) {
  static readonly className = 'AnalogGroupedConv2D';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const kernel = this.kernels['kernel']!;
      const products = inGroups(only(inputs), this.groups).map((x, i) => kernel.product(x, i));
      return finish(this, tf.concat(products, 3));
    });
  }
}

tf.serialization.registerClass(AnalogGroupedConv2D);
