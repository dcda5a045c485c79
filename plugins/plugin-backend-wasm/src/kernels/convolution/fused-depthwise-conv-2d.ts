import type * as tf from '@tensorflow/tfjs';
import { finish, type FusedAttributes, type FusedInputs } from '../fused.js';
import { heapOf, type WasmBackend } from '../heap.js';
import { convolveDepthwise } from './convolve-depthwise.js';
import type { ConvolutionAttributes } from './geometry.js';

interface Inputs extends FusedInputs {
  readonly x: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
}

type Attributes = ConvolutionAttributes & FusedAttributes;

function run(backend: WasmBackend, inputs: Inputs, attributes: Attributes): tf.TensorInfo {
  const product = convolveDepthwise(heapOf(backend), inputs.x, inputs.filter, attributes);
  return finish(backend, 'fused depthwiseConv2d', product, inputs, attributes);
}

/** tf.fused.depthwiseConv2d: the convolution, then bias and activation by the backend's own kernels. */
export const fusedDepthwiseConv2D: tf.KernelConfig = {
  kernelName: 'FusedDepthwiseConv2D',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) =>
    run(backend as WasmBackend, inputs as unknown as Inputs, attrs as unknown as Attributes),
};
