import type * as tf from '@tensorflow/tfjs';
import { kernelConfig } from '../arguments.js';
import { convolve } from './convolve.js';
import type { ConvolutionAttributes } from './geometry.js';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
}

/** tf.conv2d. Replaces the kernel that remembers packed filters by tensor id. */
export const conv2D = kernelConfig<Inputs, ConvolutionAttributes>(
  'Conv2D',
  (heap, { x, filter }, attributes) => convolve(heap, x, filter, attributes),
);
