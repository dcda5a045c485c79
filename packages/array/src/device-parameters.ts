import { evaluate, planeShape, toTiles, type Expression, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import { deviceParameters } from './effects.js';
import type { NoiseSource } from './noise.js';
import { nameInPlane, ofPlane } from './planes.js';

/** What is drawn once per device: the parameters of all contributors, for every plane, of the planes' shape. */
export function drawDeviceParameters(
  { device, nonIdealities, mapping }: ArrayModel,
  grid: TileGrid,
  noise: NoiseSource,
): Record<string, tf.Tensor> {
  const parameters = Object.entries(deviceParameters([device, ...nonIdealities]));
  const draw = (e: Expression, p: number): tf.Tensor =>
    tf.keep(evaluate(ofPlane(e, p), {}, planeShape(grid), noise.draw(0)));
  return Object.fromEntries(
    Array.from({ length: mapping.planes }, (_, p) =>
      parameters.map(([name, e]) => [nameInPlane(p, name), draw(e, p)] as const),
    ).flat(),
  );
}

/** What is known of each device: the parameters that non-idealities give, for every plane, of the planes' shape. */
export async function knownDeviceParameters(
  { nonIdealities, mapping }: ArrayModel,
  grid: TileGrid,
  matrix: string,
): Promise<Record<string, tf.Tensor>> {
  const { inputs, outputs } = grid;
  const found: Record<string, tf.Tensor> = {};
  for (const { label, product } of nonIdealities) {
    for (const [name, ask] of Object.entries(product.known ?? {})) {
      for (let plane = 0; plane < mapping.planes; plane++) {
        const values = await ask({ matrix, plane, inputs, outputs });
        found[nameInPlane(plane, `${label}/${name}`)] = tf.tidy(() =>
          tf.keep(toTiles(tf.tensor2d(values, [inputs, outputs]), grid)),
        );
      }
    }
  }
  return found;
}
