import type { LineResistances } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { effectiveConductance } from './effective-conductance.js';

const KERNEL = { kernelName: 'TxEffectiveConductance', backendName: 'tensorflow' };

/**
 * Registers what pays here. Each operation costs TensorFlow some ten microseconds, so only the compositions of many
 * small ones are replaced; the others of @txsim/ops are large already, and run as they are.
 */
export function registerKernels(): void {
  if (tf.getKernel(KERNEL.kernelName, KERNEL.backendName)) return;
  tf.registerKernel({
    ...KERNEL,
    kernelFunc: ({ inputs, attrs }) =>
      effectiveConductance(inputs['g'] as tf.Tensor, attrs as unknown as LineResistances),
  });
}
