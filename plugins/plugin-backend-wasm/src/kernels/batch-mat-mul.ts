import type * as tf from '@tensorflow/tfjs';
import { kernelConfig } from './arguments.js';
import { matrixProduct, type Transposition } from './matrix-product.js';

interface Inputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

/** tf.matMul. Replaces the kernel that is slow for transposed factors and remembers packed ones by tensor id. */
export const batchMatMul = kernelConfig<Inputs, Transposition>('BatchMatMul', (heap, { a, b }, attributes) =>
  matrixProduct(heap, a, b, attributes),
);
