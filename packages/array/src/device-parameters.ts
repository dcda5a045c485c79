import { evaluate, planeShape, type Expression, type TileGrid } from '@txsim/ops';
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
