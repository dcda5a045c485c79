import type { LineResistances } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { effectiveConductance, lineSeverity, rankFourConductance } from './effective-conductance.js';

const KERNELS = {
  TxEffectiveConductance: effectiveConductance,
  TxRankFourConductance: rankFourConductance,
  TxLineSeverity: lineSeverity,
};

/**
 * Registers what pays here. Each operation costs TensorFlow some ten microseconds, so only the compositions of many
 * small ones are replaced; the others of @txsim/ops are large already, and run as they are.
 */
export function registerKernels(): void {
  for (const [kernelName, kernel] of Object.entries(KERNELS)) {
    if (tf.getKernel(kernelName, 'tensorflow')) continue;
    tf.registerKernel({
      kernelName,
      backendName: 'tensorflow',
      kernelFunc: ({ inputs, attrs }) =>
        kernel(inputs['g'] as tf.Tensor, attrs as unknown as LineResistances),
    });
  }
}
