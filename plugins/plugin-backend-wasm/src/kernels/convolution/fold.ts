import type * as tf from '@tensorflow/tfjs';
import { kernelConfig } from '../arguments.js';
import { rowsOf } from './columns.js';
import { fieldsOf, GEOMETRY_BYTES, type Geometry } from './geometry.js';

interface Inputs {
  readonly columns: tf.TensorInfo;
}

/**
 * The transpose of `TxUnfold`: columns → x[batch, height, width, channels], the sum over all windows that see a pixel.
 */
export const fold = kernelConfig<Inputs, { readonly geometry: Geometry }>(
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
