import * as tf from '@tensorflow/tfjs';
import { ZEROS } from './initialise.js';

/** A 3×3 convolution with ReLU, padded to keep the size; with batch normalisation in between where it is wanted. */
export function rectified(name: string, filters: number, normalised: boolean): tf.layers.Layer[] {
  const convolution = tf.layers.conv2d({
    name,
    filters,
    kernelSize: 3,
    padding: 'same',
    useBias: !normalised,
    ...ZEROS,
  });
  const normal = normalised ? [tf.layers.batchNormalization({ name: `${name}_normal` })] : [];
  return [convolution, ...normal, tf.layers.reLU({ name: `${name}_relu` })];
}

/** The largest of each 2×2 pixels; the rest of odd sizes is kept. */
export const halved = (name: string): tf.layers.Layer =>
  tf.layers.maxPooling2d({ name, poolSize: 2, padding: 'same' });

/** A dense layer whose kernel is still to be filled. */
export const dense = (name: string, units: number, activation: 'relu' | 'tanh' | 'linear' = 'linear') =>
  tf.layers.dense({ name, units, activation, ...ZEROS });
