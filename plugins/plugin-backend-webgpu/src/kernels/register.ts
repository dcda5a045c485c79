import * as tf from '@tensorflow/tfjs';
import { effectiveConductance, rankFourConductance } from './effective-conductance.js';
import { evaluate } from './evaluate.js';
import { tileOuter } from './tile-outer.js';
import { tileProduct } from './tile-product.js';
import { tileSum } from './tile-sum.js';

/** Puts our kernels on tfjs' webgpu backend. Calling it again changes nothing. */
export function registerKernels(): void {
  for (const config of [tileProduct, tileSum, tileOuter, effectiveConductance, rankFourConductance, evaluate])
    if (!tf.getKernel(config.kernelName, 'webgpu')) tf.registerKernel(config);
}
