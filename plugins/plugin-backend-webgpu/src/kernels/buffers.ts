import * as tf from '@tensorflow/tfjs';
import type { WebgpuBackend } from './backend.js';
import { sizeOf } from './shader.js';

/** Where an operand's values are: in which buffer, from which element on. */
export interface Place {
  readonly buffer: number;
  readonly offset: number;
}

/** How many operands get into how few buffers; depends on their sizes alone. */
export interface Packing {
  readonly places: readonly Place[];
  /** The operands of each buffer, in order. */
  readonly buffers: readonly (readonly number[])[];
}

/** Gives every operand its own buffer, as far as there are; the smallest ones share the last. */
export function pack(sizes: readonly number[], available: number): Packing {
  const order = sizes.map((_, k) => k);
  if (sizes.length > available) order.sort((a, b) => sizes[b]! - sizes[a]!);
  const alone = sizes.length > available ? available - 1 : sizes.length;
  const buffers = order.slice(0, alone).map((k) => [k]);
  if (alone < sizes.length) buffers.push(order.slice(alone));
  const places = new Array<Place>(sizes.length);
  buffers.forEach((operands, buffer) => {
    let offset = 0;
    for (const k of operands) {
      places[k] = { buffer, offset };
      offset += sizes[k]!;
    }
  });
  return { places, buffers };
}

/** Runs `use` on the packed buffers and lets go of those that had to be made. */
export function withBuffers<T>(
  backend: WebgpuBackend,
  { buffers }: Packing,
  operands: readonly tf.TensorInfo[],
  use: (buffers: readonly tf.TensorInfo[]) => T,
): T {
  const made: tf.TensorInfo[] = [];
  const tensors = buffers.map((members) => {
    const flat = members.map((k): tf.TensorInfo => ({
      ...operands[k]!,
      shape: [sizeOf(operands[k]!.shape)],
    }));
    if (flat.length === 1) return flat[0]!;
    const concat = tf.getKernel('Concat', 'webgpu')!.kernelFunc;
    const joined = concat({ inputs: flat as unknown as tf.NamedTensorInfoMap, backend, attrs: { axis: 0 } });
    made.push(joined as tf.TensorInfo);
    return joined as tf.TensorInfo;
  });
  const result = use(tensors);
  for (const { dataId } of made) backend.disposeData(dataId);
  return result;
}
