import * as tf from '@tensorflow/tfjs';
import { createBackend } from './gpu/factory.js';
import { findAdapter, installGlobals, removeGlobals } from './gpu/instance.js';
import { registerKernels } from './kernels/register.js';

const NAME = 'webgpu';

/** As tfjs registers it. */
const PRIORITY = 3;

/**
 * Makes tfjs' webgpu backend the current one and puts our kernels on it. May be called again. In Node it needs the
 * package `webgpu`, and puts `navigator.gpu` and the WebGPU classes into the global scope.
 *
 * @throws NoGpu if there is no WebGPU here, saying what to do; Error if the backend does not start
 */
export async function activateWebgpu(): Promise<void> {
  if (!tf.findBackend(NAME)) {
    await findAdapter();
    await installGlobals();
    await import('@tensorflow/tfjs-backend-webgpu');
    if (tf.findBackendFactory(NAME)) tf.removeBackend(NAME);
    tf.registerBackend(NAME, createBackend, PRIORITY);
  }
  if (!(await tf.setBackend(NAME)))
    throw new Error('plugin-backend-webgpu: the webgpu backend of tfjs did not start');
  registerKernels();
}

/** Ends the backend with all its tensors and lets the device go. Another backend must then be made current. */
export function releaseWebgpu(): void {
  if (tf.findBackendFactory(NAME)) tf.removeBackend(NAME);
  removeGlobals();
}
