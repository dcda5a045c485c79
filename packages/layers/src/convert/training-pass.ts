import type { TrainableModel, TrainingPass } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import type { AnalogKernel } from '../kernel/analog-kernel.js';
import { KernelVariable } from '../kernel/kernel-variable.js';

/** Loss, gradients of the digital variables and signals of the arrays, from one pass through all layers. */
export function trainingPass(
  network: tf.LayersModel,
  kernels: readonly AnalogKernel[],
  loss: () => tf.Scalar,
): TrainingPass {
  const trainable = network.trainableWeights;
  const products = kernels.filter(({ variable }) => trainable.includes(variable)).flatMap((k) => k.products);
  const handles = products.map(({ handle }) => handle);
  const variables = trainable
    .filter((w) => !(w instanceof KernelVariable))
    .map((w) => w.read() as tf.Variable);
  products.forEach((product) => product.collect());
  const { value, grads } = tf.variableGrads(loss, [...variables, ...handles]);
  for (const handle of handles) {
    grads[handle.name]?.dispose();
    delete grads[handle.name];
  }
  const signals = products.flatMap((product) => {
    const signal = product.take();
    return signal ? [{ matrix: product.matrix, ...signal, drivenBackward: product.needsInputGradient }] : [];
  });
  return { loss: value, gradients: grads, signals };
}

/** The interface of a converted network, for one without arrays. */
export const digitalModel = (network: tf.LayersModel): TrainableModel => ({
  network,
  matrices: [],
  pass: (loss) => trainingPass(network, [], loss),
});
