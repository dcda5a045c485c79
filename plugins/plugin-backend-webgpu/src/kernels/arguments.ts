import type * as tf from '@tensorflow/tfjs';
import type { WebgpuBackend } from './backend.js';
import { withFloats } from './floats.js';

/** A kernel with its inputs and attributes typed. */
export type TypedKernel<Inputs, Attributes> = (
  backend: WebgpuBackend,
  inputs: Inputs,
  attributes: Attributes,
) => tf.TensorInfo | tf.TensorInfo[];

function checkTypes(
  kernel: string,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  integers: readonly string[],
): void {
  for (const [name, { dtype }] of Object.entries(inputs)) {
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
      const given = inputs as Readonly<Record<string, tf.TensorInfo>>;
      checkTypes(kernelName, given, integers);
      return withFloats(backend as WebgpuBackend, given, (tensors) =>
        kernel(backend as WebgpuBackend, tensors as unknown as Inputs, attrs as unknown as Attributes),
      );
    },
  };
}
