import type * as tf from '@tensorflow/tfjs';
import type { Heap } from '../heap.js';
import { Columns } from './columns.js';
import { convolutionGeometry, type ConvolutionAttributes } from './geometry.js';

/** y[b, oy, ox, k] = Σ x[b, iy, ix, c] · filter[ky, kx, c, k]: the columns of x times the filter. */
export function convolve(
  heap: Heap,
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  attributes: ConvolutionAttributes,
): tf.TensorInfo {
  const geometry = convolutionGeometry(x.shape, filter.shape, attributes);
  const outputs = filter.shape[3]!;
  const [from, weights] = [heap.pointer(x), heap.pointer(filter)];
  const out = heap.output([geometry.batch, geometry.outHeight, geometry.outWidth, outputs]);
  const to = heap.pointer(out);
  const columns = new Columns(heap, geometry);
  const { depth, workspace } = columns;
  for (const piece of columns.pieces) {
    const a = columns.unfolded(from, piece);
    const c = to + 4 * piece.first * outputs;
    heap.kernels.gemm(piece.count, outputs, depth, a, 4 * depth, 0, weights, 4 * outputs, 0, c, workspace, 0);
  }
  return out;
}
