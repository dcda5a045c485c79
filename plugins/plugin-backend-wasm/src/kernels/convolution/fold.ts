import type * as tf from '@tensorflow/tfjs';
import type { ConvolutionAttributes } from '@txsim/ops';
import { kernelConfig } from '../arguments.js';
import { rowsOf } from './columns.js';
import { fieldsOf, GEOMETRY_BYTES } from './geometry.js';

interface Inputs {
  readonly columns: tf.TensorInfo;
}

/** `fold` of @txsim/ops. */
export const fold = kernelConfig<Inputs, ConvolutionAttributes>(
  'TxFold',
  (heap, { columns }, { geometry }) => {
    const from = heap.pointer(columns);
    const out = heap.output([geometry.batch, geometry.height, geometry.width, geometry.channels]);
    const at = heap.scratch(GEOMETRY_BYTES);
    heap.write(at, fieldsOf(geometry));
    heap.kernels.fold(at, from, 0, rowsOf(geometry), heap.pointer(out));
    return out;
  },
);
