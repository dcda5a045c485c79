import type * as tf from '@tensorflow/tfjs';
import type { ConvolutionAttributes } from '@txsim/ops';
import { kernelConfig } from '../arguments.js';
import { depthOf, rowsOf } from './columns.js';
import { fieldsOf, GEOMETRY_BYTES } from './geometry.js';

interface Inputs {
  readonly x: tf.TensorInfo;
}

/** `unfold` of @txsim/ops. */
export const unfold = kernelConfig<Inputs, ConvolutionAttributes>('TxUnfold', (heap, { x }, { geometry }) => {
  const rows = rowsOf(geometry);
  const from = heap.pointer(x);
  const out = heap.output([rows, depthOf(geometry)]);
  const at = heap.scratch(GEOMETRY_BYTES);
  heap.write(at, fieldsOf(geometry));
  heap.kernels.unfold(at, from, 0, rows, heap.pointer(out));
  return out;
});
