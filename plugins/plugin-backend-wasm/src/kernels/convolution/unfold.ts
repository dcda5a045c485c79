import type * as tf from '@tensorflow/tfjs';
import { kernelConfig } from '../arguments.js';
import { depthOf, rowsOf } from './columns.js';
import { fieldsOf, GEOMETRY_BYTES, type Geometry } from './geometry.js';

interface Inputs {
  readonly x: tf.TensorInfo;
}

/**
 * x[batch, height, width, channels] → [batch · outHeight · outWidth, kernelHeight · kernelWidth · channels]: what the
 * window sees at every place, 0 outside the image; column order (ky, kx, channel).
 */
export const unfold = kernelConfig<Inputs, { readonly geometry: Geometry }>(
  'TxUnfold',
  (heap, { x }, { geometry }) => {
    const rows = rowsOf(geometry);
    const from = heap.pointer(x);
    const out = heap.output([rows, depthOf(geometry)]);
    const at = heap.scratch(GEOMETRY_BYTES);
    heap.write(at, fieldsOf(geometry));
    heap.kernels.unfold(at, from, 0, rows, heap.pointer(out));
    return out;
  },
);
