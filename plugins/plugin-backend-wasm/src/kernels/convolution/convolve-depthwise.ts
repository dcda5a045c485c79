import type * as tf from '@tensorflow/tfjs';
import type { Heap } from '../heap.js';
import { convolutionGeometry, fieldsOf, GEOMETRY_BYTES, type ConvolutionAttributes } from './geometry.js';

/** y[b, oy, ox, c·M + m] = Σ x[b, iy, ix, c] · filter[ky, kx, c, m], M the number of outputs per channel. */
export function convolveDepthwise(
  heap: Heap,
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  attributes: ConvolutionAttributes,
): tf.TensorInfo {
  const geometry = convolutionGeometry(x.shape, filter.shape, attributes, true);
  const multiplier = filter.shape[3]!;
  const from = [heap.pointer(x), heap.pointer(filter)] as const;
  const { batch, outHeight, outWidth, channels } = geometry;
  const out = heap.output([batch, outHeight, outWidth, channels * multiplier]);
  const at = heap.scratch(GEOMETRY_BYTES);
  heap.write(at, fieldsOf(geometry));
  heap.kernels.depthwise(at, multiplier, ...from, heap.pointer(out));
  return out;
}
