import type * as tf from '@tensorflow/tfjs';
import { kernelConfig } from '../arguments.js';
import { convolveDepthwise } from './convolve-depthwise.js';
import type { ConvolutionAttributes } from './geometry.js';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
}

/** tf.depthwiseConv2d. Replaces the kernel that remembers packed filters by tensor id. */
export const depthwiseConv2D = kernelConfig<Inputs, ConvolutionAttributes>(
  'DepthwiseConv2dNative',
  (heap, { x, filter }, attributes) => convolveDepthwise(heap, x, filter, attributes),
);
