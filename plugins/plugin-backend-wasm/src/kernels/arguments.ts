import type * as tf from '@tensorflow/tfjs';
import { heapOf, type Heap } from './heap.js';

/** A kernel with its inputs and attributes typed, and the heap in place of the backend. */
export type TypedKernel<Inputs, Attributes> = (
  heap: Heap,
  inputs: Inputs,
  attributes: Attributes,
) => tf.TensorInfo | tf.TensorInfo[];

/** A kernel in the form in which tfjs registers it. */
export function kernelConfig<Inputs, Attributes>(
  kernelName: string,
  kernel: TypedKernel<Inputs, Attributes>,
): tf.KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel(heapOf(backend), inputs as unknown as Inputs, attrs as unknown as Attributes),
  };
}

/** Number of elements. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
