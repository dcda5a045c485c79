import { patchSize, positions, unfold, type ConvolutionGeometry } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** The most that unfolded patches may take, in elements: 16 MB. */
const CHUNK = 2 ** 22;

/**
 * The digital gradient at the weights, xᵀd; of a convolution Σ over batch and positions of patchᵀ d, a few images at a
 * time.
 */
export function outerOf(x: tf.Tensor, d: tf.Tensor, geometry?: ConvolutionGeometry): tf.Tensor2D {
  if (!geometry) return tf.matMul(x as tf.Tensor2D, d as tf.Tensor2D, true, false);
  return tf.tidy(() => {
    const images = Math.max(1, Math.floor(CHUNK / (positions(geometry) * patchSize(geometry))));
    const outputs = d.shape.at(-1)!;
    const parts: tf.Tensor2D[] = [];
    for (let start = 0; start < x.shape[0]!; start += images) {
      const count = Math.min(images, x.shape[0]! - start);
      const patches = unfold(tf.slice(x, start, count) as tf.Tensor4D, geometry);
      parts.push(tf.matMul(patches, tf.slice(d, start, count).reshape([-1, outputs]), true, false));
    }
    return parts.length === 1 ? parts[0]! : (tf.addN(parts) as tf.Tensor2D);
  });
}
