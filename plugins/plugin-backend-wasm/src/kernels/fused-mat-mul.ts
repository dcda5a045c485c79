import * as tf from '@tensorflow/tfjs';
import { heapOf, type WasmBackend } from './heap.js';
import { matrixProduct, type Transposition } from './matrix-product.js';

interface Inputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
  readonly bias?: tf.TensorInfo;
  readonly preluActivationWeights?: tf.TensorInfo;
}

interface Attributes extends Transposition {
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

/** Runs a stock kernel of the backend and lets its first input go. */
function then(
  backend: WasmBackend,
  name: string,
  last: tf.TensorInfo,
  inputs: tf.NamedTensorInfoMap,
  attrs: object,
): tf.TensorInfo {
  const kernel = tf.getKernel(name, 'wasm');
  if (!kernel) throw new Error(`fused matMul: the wasm backend has no ${name}`);
  const result = kernel.kernelFunc({ inputs, backend, attrs: attrs as tf.NamedAttrMap }) as tf.TensorInfo;
  backend.disposeData(last.dataId);
  return result;
}

function run(backend: WasmBackend, inputs: Inputs, attributes: Attributes): tf.TensorInfo {
  const { a, b, bias, preluActivationWeights: alpha } = inputs;
  const { activation, leakyreluAlpha } = attributes;
  const name = activation && activation !== 'linear' ? ACTIVATIONS[activation] : undefined;
  if (activation && activation !== 'linear' && !name)
    throw new Error(`fused matMul: unknown activation ${activation}`);
  let out = matrixProduct(heapOf(backend), a, b, attributes);
  if (bias) out = then(backend, 'Add', out, { a: out, b: bias }, {});
  if (!name) return out;
  const more: tf.NamedTensorInfoMap = alpha && name === 'Prelu' ? { alpha } : {};
  return then(backend, name, out, { x: out, ...more }, { alpha: leakyreluAlpha ?? 0.2 });
}

/** tf.fused.matMul: the product, then bias and activation by the backend's own kernels. */
export const fusedMatMul: tf.KernelConfig = {
  kernelName: '_FusedMatMul',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) =>
    run(backend as WasmBackend, inputs as unknown as Inputs, attrs as unknown as Attributes),
};
