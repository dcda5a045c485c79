import type * as tf from '@tensorflow/tfjs';
import { finish, type FusedAttributes, type FusedInputs } from '../fused.js';
import { heapOf, type WasmBackend } from '../heap.js';
import { convolve } from './convolve.js';
import type { ConvolutionAttributes } from './geometry.js';

interface Inputs extends FusedInputs {
  readonly x: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
}

type Attributes = ConvolutionAttributes & FusedAttributes;

function run(backend: WasmBackend, inputs: Inputs, attributes: Attributes): tf.TensorInfo {
  const product = convolve(heapOf(backend), inputs.x, inputs.filter, attributes);
  return finish(backend, 'fused conv2d', product, inputs, attributes);
}

/** tf.fused.conv2d: the convolution, then bias and activation by the backend's own kernels. */
export const fusedConv2D: tf.KernelConfig = {
  kernelName: 'FusedConv2D',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) =>
    run(backend as WasmBackend, inputs as unknown as Inputs, attrs as unknown as Attributes),
};
