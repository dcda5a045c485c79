import type * as tf from '@tensorflow/tfjs';
import { finish, type FusedAttributes, type FusedInputs } from './fused.js';
import { heapOf, type WasmBackend } from './heap.js';
import { matrixProduct, type Transposition } from './matrix-product.js';

interface Inputs extends FusedInputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

type Attributes = Transposition & FusedAttributes;

function run(backend: WasmBackend, inputs: Inputs, attributes: Attributes): tf.TensorInfo {
  const product = matrixProduct(heapOf(backend), inputs.a, inputs.b, attributes);
  return finish(backend, 'fused matMul', product, inputs, attributes);
}

/** tf.fused.matMul: the product, then bias and activation by the backend's own kernels. */
export const fusedMatMul: tf.KernelConfig = {
  kernelName: '_FusedMatMul',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) =>
    run(backend as WasmBackend, inputs as unknown as Inputs, attrs as unknown as Attributes),
};
