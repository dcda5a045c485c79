import type * as tf from '@tensorflow/tfjs';
import type { WebgpuBackend } from './backend.js';
import { runShader, sizeOf, THREADS } from './shader.js';

type Tensors = Readonly<Record<string, tf.TensorInfo>>;

const code = `
fn main(index : i32) {
  if (u32(index) < uniforms.size) { result[index] = f32(values[index]); }
}
`;

/** tfjs' `cast` only calls integers float32: their buffer has integers all the same. Absent if it has floats. */
function converted(backend: WebgpuBackend, tensor: tf.TensorInfo): tf.TensorInfo | undefined {
  if (tensor.dtype !== 'float32' || backend.tensorMap.get(tensor.dataId).dtype === 'float32')
    return undefined;
  const size = sizeOf(tensor.shape);
  return runShader(backend, {
    code,
    inputs: { values: { ...tensor, dtype: 'int32' } },
    integers: { size },
    shape: tensor.shape,
    workgroups: Math.ceil(size / THREADS),
    workgroupSize: THREADS,
  });
}

/** Runs `use` on tensors whose buffers are what their types say, and lets go of those that had to be made. */
export function withFloats<T>(backend: WebgpuBackend, tensors: Tensors, use: (tensors: Tensors) => T): T {
  const made: Record<string, tf.TensorInfo> = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    const floats = converted(backend, tensor);
    if (floats) made[name] = floats;
  }
  const result = use({ ...tensors, ...made });
  for (const { dataId } of Object.values(made)) backend.disposeData(dataId);
  return result;
}
