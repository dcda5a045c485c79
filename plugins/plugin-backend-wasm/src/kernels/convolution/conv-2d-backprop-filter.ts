import type * as tf from '@tensorflow/tfjs';
import { kernelConfig } from '../arguments.js';
import { Columns } from './columns.js';
import { convolutionGeometry, type ConvolutionAttributes } from './geometry.js';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly dy: tf.TensorInfo;
}

interface Attributes extends ConvolutionAttributes {
  readonly filterShape: readonly number[];
}

/** Gradient of tf.conv2d with respect to the filter: the transposed columns of x times dy. */
export const conv2DBackpropFilter = kernelConfig<Inputs, Attributes>(
  'Conv2DBackpropFilter',
  (heap, { x, dy }, attributes) => {
    const { filterShape } = attributes;
    const geometry = convolutionGeometry(x.shape, filterShape, attributes);
    const outputs = filterShape[3]!;
    const [from, gradient] = [heap.pointer(x), heap.pointer(dy)];
    const out = heap.output(filterShape);
    const to = heap.pointer(out);
    const columns = new Columns(heap, geometry);
    const { depth, workspace } = columns;
    for (const piece of columns.pieces) {
      const a = columns.unfolded(from, piece);
      const b = gradient + 4 * piece.first * outputs;
      const accumulate = +(piece.first > 0);
      heap.kernels.gemm(depth, outputs, piece.count, a, 4 * depth, 1, b, 4 * outputs, 0, to, workspace, accumulate);
    } // prettier-ignore
    return out;
  },
);
