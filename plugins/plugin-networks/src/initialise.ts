import type { ContributionContext } from '@txsim/core';
import { fillNormal } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** For layers whose kernels `initialise` fills. */
export const ZEROS = { kernelInitializer: 'zeros' } as const;

/**
 * Gives every kernel of a network N(0, 2/fan-in) numbers from the run's seed, by the names of layer and weight; biases
 * and normalisation are left as they are.
 *
 * Source: He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015, with fan-in the inputs of one output.
 *
 * @param gain variance × fan-in; 2 suits rectifiers, 1 tanh and gates
 */
export function initialise<M extends tf.LayersModel>(
  model: M,
  random: ContributionContext<unknown>['random'],
  gain = 2,
): M {
  for (const layer of model.layers) {
    for (const weight of layer.trainableWeights) {
      if (weight.shape.length < 2) continue;
      const shape = weight.shape as number[];
      const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
      fillNormal(random(layer.name, weight.originalName.split('/').at(-1)!), 0, 0, values);
      const sigma = Math.sqrt((gain * shape.at(-1)!) / values.length);
      const kernel = tf.tensor(
        values.map((x) => sigma * x),
        shape,
      );
      weight.write(kernel);
      kernel.dispose();
    }
  }
  return model;
}
