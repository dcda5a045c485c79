import type * as tf from '@tensorflow/tfjs';
import type { WebgpuBackend } from './backend.js';

/** A kernel with its inputs and attributes typed. */
export type TypedKernel<Inputs, Attributes> = (
  backend: WebgpuBackend,
  inputs: Inputs,
  attributes: Attributes,
) => tf.TensorInfo | tf.TensorInfo[];

function checkTypes(kernel: string, inputs: object, integers: readonly string[]): void {
  for (const [name, { dtype }] of Object.entries(inputs as Readonly<Record<string, tf.TensorInfo>>)) {
    const expected = integers.includes(name) ? 'int32' : 'float32';
    if (dtype !== expected) throw new Error(`${kernel}: input "${name}" must be ${expected}, it is ${dtype}`);
  }
}

/**
 * A kernel in the form in which tfjs registers it.
 *
 * @param integers names of the inputs that are int32; all others are float32
 */
export function kernelConfig<Inputs, Attributes>(
  kernelName: string,
  kernel: TypedKernel<Inputs, Attributes>,
  integers: readonly string[] = [],
): tf.KernelConfig {
  return {
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs, backend }) => {
      checkTypes(kernelName, inputs, integers);
      return kernel(backend as WebgpuBackend, inputs as unknown as Inputs, attrs as unknown as Attributes);
    },
  };
}
