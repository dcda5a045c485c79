import type * as tf from '@tensorflow/tfjs';
import { kernelConfig } from '../arguments.js';
import { Columns } from './columns.js';
import { convolutionGeometry, type ConvolutionAttributes } from './geometry.js';

interface Inputs {
  readonly dy: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
}

interface Attributes extends ConvolutionAttributes {
  readonly inputShape: readonly number[];
}

/** Gradient of tf.conv2d with respect to x, and tf.conv2dTranspose: dy times the transposed filter, folded. */
export const conv2DBackpropInput = kernelConfig<Inputs, Attributes>(
  'Conv2DBackpropInput',
  (heap, { dy, filter }, attributes) => {
    const geometry = convolutionGeometry(attributes.inputShape, filter.shape, attributes);
    const outputs = filter.shape[3]!;
    const [from, weights] = [heap.pointer(dy), heap.pointer(filter)];
    const out = heap.output(attributes.inputShape);
    const dx = heap.pointer(out);
    const columns = new Columns(heap, geometry);
    const { depth, workspace } = columns;
    for (const piece of columns.pieces) {
      const a = from + 4 * piece.first * outputs;
      columns.fold(dx, piece, (to) =>
        heap.kernels.gemm(piece.count, depth, outputs, a, 4 * outputs, 0, weights, 4 * outputs, 1, to, workspace, 0),
      ); // prettier-ignore
    }
    return out;
  },
);
