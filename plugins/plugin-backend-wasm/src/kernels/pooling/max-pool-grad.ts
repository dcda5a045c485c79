import type * as tf from '@tensorflow/tfjs';
import { kernelConfig } from '../arguments.js';
import { fieldsOf, GEOMETRY_BYTES } from '../convolution/geometry.js';
import { poolGeometry, type PoolAttributes } from './pool.js';

interface Inputs {
  readonly dy: tf.TensorInfo;
  readonly input: tf.TensorInfo;
}

/**
 * Gradient of tf.maxPool. Replaces the kernel that sends the gradient of a window without positive values to its
 * first pixel.
 */
export const maxPoolGrad = kernelConfig<Inputs, PoolAttributes>(
  'MaxPoolGrad',
  (heap, { dy, input }, attributes) => {
    const geometry = poolGeometry(input.shape, attributes);
    const [from, gradient] = [heap.pointer(input), heap.pointer(dy)];
    const out = heap.output(input.shape);
    const at = heap.scratch(GEOMETRY_BYTES);
    heap.write(at, fieldsOf(geometry));
    heap.kernels.maxPoolGradient(at, from, gradient, heap.pointer(out));
    return out;
  },
);
