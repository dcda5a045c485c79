import * as tf from '@tensorflow/tfjs';
import { kernelConfig } from '../arguments.js';
import { fieldsOf, GEOMETRY_BYTES, geometryOf, type ConvolutionAttributes, type Geometry } from '../convolution/geometry.js'; // prettier-ignore

export interface PoolAttributes extends ConvolutionAttributes {
  readonly filterSize: number | [number, number];
}

/** The geometry of a pooling of an input of shape [batch, height, width, channels]. */
export function poolGeometry(inputShape: readonly number[], attributes: PoolAttributes): Geometry {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  const shape = inputShape as [number, number, number, number];
  return geometryOf(tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode));
}

interface Inputs {
  readonly x: tf.TensorInfo;
}

/** A kernel that makes one pixel of what a window sees: the maximum or the average. */
export const poolKernel = (kernelName: string, average: boolean): tf.KernelConfig =>
  kernelConfig<Inputs, PoolAttributes>(kernelName, (heap, { x }, attributes) => {
    const geometry = poolGeometry(x.shape, attributes);
    const from = heap.pointer(x);
    const { batch, outHeight, outWidth, channels } = geometry;
    const out = heap.output([batch, outHeight, outWidth, channels]);
    const at = heap.scratch(GEOMETRY_BYTES);
    heap.write(at, fieldsOf(geometry));
    heap.kernels.pool(at, from, heap.pointer(out), +average);
    return out;
  });
