import type * as tf from '@tensorflow/tfjs';
import type { WebgpuBackend } from './backend.js';

/** A kernel with its inputs and attributes typed. */
export type TypedKernel<Inputs, Attributes> = (
  backend: WebgpuBackend,
  inputs: Inputs,
  attributes: Attributes,
) => tf.TensorInfo;

function checkTypes(kernel: string, inputs: object): void {
  for (const [name, { dtype }] of Object.entries(inputs as Readonly<Record<string, tf.TensorInfo>>))
    if (dtype !== 'float32') throw new Error(`${kernel}: input "${name}" must be float32, it is ${dtype}`);
}

/** A kernel in the form in which tfjs registers it. */
export function kernelConfig<Inputs, Attributes>(
  kernelName: string,
  kernel: TypedKernel<Inputs, Attributes>,
): tf.KernelConfig {
  return {
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs, backend }) => {
      checkTypes(kernelName, inputs);
      return kernel(backend as WebgpuBackend, inputs as unknown as Inputs, attrs as unknown as Attributes);
    },
  };
}
