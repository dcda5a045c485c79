import type * as tf from '@tensorflow/tfjs';
import type { WasmBackend } from './heap.js';

/**
 * tf.clone and whatever is kept for gradients: one more reference to the data, as on the cpu backend. Replaces the
 * kernel that copies.
 */
export const identity: tf.KernelConfig = {
  kernelName: 'Identity',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { dataId, shape, dtype } = inputs.x as tf.TensorInfo;
    (backend as WasmBackend).incRef(dataId);
    return { dataId, shape, dtype };
  },
};
