import type * as tf from '@tensorflow/tfjs';
import { kernelConfig } from '../arguments.js';
import { convolutionGeometry, fieldsOf, GEOMETRY_BYTES, type ConvolutionAttributes } from './geometry.js';

interface Inputs {
  readonly dy: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
}

interface Attributes extends ConvolutionAttributes {
  readonly inputShape: readonly number[];
}

/** Gradient of tf.depthwiseConv2d with respect to x. */
export const depthwiseBackpropInput = kernelConfig<Inputs, Attributes>(
  'DepthwiseConv2dNativeBackpropInput',
  (heap, { dy, filter }, attributes) => {
    const geometry = convolutionGeometry(attributes.inputShape, filter.shape, attributes, true);
    const from = [heap.pointer(dy), heap.pointer(filter)] as const;
    const out = heap.output(attributes.inputShape);
    const at = heap.scratch(GEOMETRY_BYTES);
    heap.write(at, fieldsOf(geometry));
    heap.kernels.depthwiseInputGradient(at, filter.shape[3]!, ...from, heap.pointer(out));
    return out;
  },
);
