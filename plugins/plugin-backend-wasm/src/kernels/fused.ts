import * as tf from '@tensorflow/tfjs';
import type { WasmBackend } from './heap.js';

/** What a fused operation takes beside the factors of its product. */
export interface FusedInputs {
  readonly bias?: tf.TensorInfo;
  readonly preluActivationWeights?: tf.TensorInfo;
}

export interface FusedAttributes {
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
}

const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
};

/** Runs a kernel of the backend and lets `last`, one of its inputs, go. */
function then(
  backend: WasmBackend,
  name: string,
  last: tf.TensorInfo,
  inputs: tf.NamedTensorInfoMap,
  attrs: object,
): tf.TensorInfo {
  const kernel = tf.getKernel(name, 'wasm');
  if (!kernel) throw new Error(`plugin-backend-wasm: the wasm backend has no ${name}`);
  const result = kernel.kernelFunc({ inputs, backend, attrs: attrs as tf.NamedAttrMap }) as tf.TensorInfo;
  backend.disposeData(last.dataId);
  return result;
}

/**
 * activation(product + bias), by the backend's own kernels; `product` is let go.
 *
 * @throws Error if the activation is none of tfjs' fused ones
 */
export function finish(
  backend: WasmBackend,
  operation: string,
  product: tf.TensorInfo,
  { bias, preluActivationWeights: alpha }: FusedInputs,
  { activation, leakyreluAlpha }: FusedAttributes,
): tf.TensorInfo {
  const plain = !activation || activation === 'linear';
  const name = plain ? undefined : ACTIVATIONS[activation];
  if (!plain && !name) throw new Error(`${operation}: unknown activation ${activation}`);
  const out = bias ? then(backend, 'Add', product, { a: product, b: bias }, {}) : product;
  if (!name) return out;
  const more: tf.NamedTensorInfoMap = alpha && name === 'Prelu' ? { alpha } : {};
  return then(backend, name, out, { x: out, ...more }, { alpha: leakyreluAlpha ?? 0.2 });
}
