import * as tf from '@tensorflow/tfjs';
import { dispatchAll } from '../dispatch.js';
import { planeShape, type TileGrid } from '../tiles/tile-grid.js';
import { tileOuter } from '../tiles/tile-outer.js';
import type { PulseCounts } from './count-coincidences.js';

/**
 * Pulses that are counted, not drawn: sample after sample, a weight gets round(|x · d| / divisor) of them, halves to the
 * even number; down where x · d > 0.
 *
 * @param x [batch, inputs]
 * @param d [batch, outputs]
 * @param divisor a scalar > 0
 */
export function countProducts(
  x: tf.Tensor2D,
  d: tf.Tensor2D,
  divisor: tf.Scalar,
  grid: TileGrid,
): PulseCounts {
  const [up, down] = dispatchAll('TxCountProducts', { x, d, divisor }, { grid }, () => countProductsReference(x, d, divisor, grid)); // prettier-ignore
  return { up: up as tf.Tensor4D, down: down as tf.Tensor4D };
}

/** The reference: one outer product per sample. */
export function countProductsReference(
  x: tf.Tensor2D,
  d: tf.Tensor2D,
  divisor: tf.Scalar,
  grid: TileGrid,
): tf.Tensor[] {
  let up: tf.Tensor = tf.zeros(planeShape(grid));
  let down = up;
  for (let b = 0; b < x.shape[0]; b++) {
    const product = tileOuter(x.slice(b, 1), d.slice(b, 1), grid);
    const count = tf.round(tf.div(tf.abs(product), divisor));
    const falls = tf.cast(tf.greater(product, 0), 'float32');
    down = tf.add(down, tf.mul(count, falls));
    up = tf.add(up, tf.mul(count, tf.sub(1, falls)));
  }
  return [up, down === up ? tf.zerosLike(up) : down];
}
