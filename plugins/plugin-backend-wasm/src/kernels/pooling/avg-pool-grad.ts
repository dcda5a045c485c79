import type * as tf from '@tensorflow/tfjs';
import { kernelConfig } from '../arguments.js';
import { fieldsOf, GEOMETRY_BYTES } from '../convolution/geometry.js';
import { poolGeometry, type PoolAttributes } from './pool.js';

interface Inputs {
  readonly dy: tf.TensorInfo;
  readonly input: tf.TensorInfo;
}

/** Gradient of tf.avgPool. */
export const avgPoolGrad = kernelConfig<Inputs, PoolAttributes>(
  'AvgPoolGrad',
  (heap, { dy, input }, attributes) => {
    const geometry = poolGeometry(input.shape, attributes);
    const gradient = heap.pointer(dy);
    const out = heap.output(input.shape);
    const at = heap.scratch(GEOMETRY_BYTES);
    heap.write(at, fieldsOf(geometry));
    heap.kernels.averagePoolGradient(at, gradient, heap.pointer(out));
    return out;
  },
);
