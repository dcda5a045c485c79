import type * as tf from '@tensorflow/tfjs';
import { kernelConfig } from '../arguments.js';
import { convolutionGeometry, fieldsOf, GEOMETRY_BYTES, type ConvolutionAttributes } from './geometry.js';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly dy: tf.TensorInfo;
}

interface Attributes extends ConvolutionAttributes {
  readonly filterShape: readonly number[];
}

/** Gradient of tf.depthwiseConv2d with respect to the filter. */
export const depthwiseBackpropFilter = kernelConfig<Inputs, Attributes>(
  'DepthwiseConv2dNativeBackpropFilter',
  (heap, { x, dy }, attributes) => {
    const { filterShape } = attributes;
    const geometry = convolutionGeometry(x.shape, filterShape, attributes, true);
    const from = [heap.pointer(x), heap.pointer(dy)] as const;
    const out = heap.output(filterShape);
    const at = heap.scratch(GEOMETRY_BYTES);
    heap.write(at, fieldsOf(geometry));
    heap.kernels.depthwiseFilterGradient(at, filterShape[3]!, ...from, heap.pointer(out));
    return out;
  },
);
