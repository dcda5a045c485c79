import * as tf from '@tensorflow/tfjs';
import { asMatrix } from '../kernel/arrangement.js';
import { finish, onArrays, only } from './on-arrays.js';

/** A dense layer on crossbars. Inputs of more than two dimensions are products of their last one, as in tfjs. */
export class AnalogDense extends onArrays('Dense', { kernel: (_, shape) => asMatrix(shape) }) {
  static readonly className = 'AnalogDense';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => finish(this, this.kernels['kernel']!.product(only(inputs))));
  }
}

tf.serialization.registerClass(AnalogDense);
