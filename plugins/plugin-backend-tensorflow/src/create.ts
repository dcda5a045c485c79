import type { Backend } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { findTensorflow } from './find/find-tensorflow.js';
import { importByName, type ImportModule } from './find/import-module.js';
import { registerKernels } from './kernels/register.js';

/**
 * The backend. With a GPU, `auto` tries it after WebGPU and before WebAssembly; on the CPU it is used by name only,
 * because WebAssembly trains small networks faster and needs no download.
 *
 * @param importModule how the packages are found; by default from where this plugin is installed
 */
export function createTensorflow(importModule: ImportModule = importByName): Backend {
  return {
    priority: 15,
    probe: () => findTensorflow(importModule),
    activate: async () => {
      const found = await findTensorflow(importModule);
      if (!found.available) throw new Error(`plugin-backend-tensorflow: ${found.reason}; ${found.advice}`);
      const started = await tf.setBackend('tensorflow');
      if (!started) throw new Error('plugin-backend-tensorflow: the backend of tfjs-node did not start');
      registerKernels();
    },
  };
}
