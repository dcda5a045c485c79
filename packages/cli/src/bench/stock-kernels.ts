import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';

/** A kernel by itself: input tensors and attributes to the output. */
type Kernel = (inputs: tf.NamedTensorMap, attributes: object) => tf.Tensor;

/** Those of tfjs that ours replace, as they were before. */
const NAMES = ['BatchMatMul'] as const;
const stock = new Map<string, tf.KernelConfig>();

/** Makes the wasm backend current, with our kernels, and keeps those of tfjs that they replace. */
export async function activateBoth(): Promise<void> {
  for (const name of NAMES) {
    const found = tf.getKernel(name, 'wasm');
    if (found && !stock.has(name)) stock.set(name, found);
  }
  await activateWasm();
}

/** A kernel of tfjs in the process in which ours has replaced it, after `activateBoth`. */
export function stockKernel(name: (typeof NAMES)[number]): Kernel {
  const { kernelFunc } = stock.get(name)!;
  return (inputs, attributes) => {
    const output = kernelFunc({ inputs, backend: tf.backend(), attrs: attributes as tf.NamedAttrMap });
    return tf.engine().makeTensorFromTensorInfo(output as tf.TensorInfo);
  };
}
