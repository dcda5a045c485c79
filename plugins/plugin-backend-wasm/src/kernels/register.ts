import * as tf from '@tensorflow/tfjs';
import { batchMatMul } from './batch-mat-mul.js';
import { effectiveConductance } from './effective-conductance.js';
import { evaluate } from './evaluate.js';
import { fusedMatMul } from './fused-mat-mul.js';
import { heapOf } from './heap.js';
import { tileOuter } from './tile-outer.js';
import { tileProduct } from './tile-product.js';
import { tileSum } from './tile-sum.js';

const configs = [batchMatMul, fusedMatMul, tileProduct, tileSum, tileOuter, effectiveConductance, evaluate];

/**
 * Puts our kernels on the wasm backend, which must be the current one. Calling it again changes nothing.
 *
 * @throws Error if the current backend is another one
 */
export function registerKernels(): void {
  if (tf.getBackend() !== 'wasm')
    throw new Error(`registerKernels: the backend is "${tf.getBackend()}", not "wasm"`);
  heapOf(tf.backend());
  for (const config of configs) {
    const stock = tf.getKernel(config.kernelName, 'wasm');
    if (stock?.kernelFunc === config.kernelFunc) continue;
    if (stock) tf.unregisterKernel(config.kernelName, 'wasm');
    tf.registerKernel(config);
  }
}
