import { CrossbarMatrix, type ArrayModel } from '@txsim/array';
import type { TrainableModel, TrainingPass } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { AnalogDense } from './analog-dense.js';

/** A converted network. */
export interface AnalogNetwork extends TrainableModel {
  readonly matrices: readonly CrossbarMatrix[];
  /** Names and classes of the layers with weights that stay digital. */
  readonly digital: readonly string[];
  dispose(): void;
}

/**
 * A copy of a tfjs network whose dense layers are on crossbars, programmed with the present weights. The original is
 * untouched. Layers of other classes stay digital.
 *
 * @param arrays what the arrays are made of
 */
export async function convertToAnalog(model: tf.LayersModel, arrays: ArrayModel): Promise<AnalogNetwork> {
  const copy = await copyWith(model, (className) => (className === 'Dense' ? AnalogDense.className : className));
  const analog: AnalogDense[] = [];
  const digital: string[] = [];
  for (const layer of copy.layers) {
    const weights = model.getLayer(layer.name).getWeights();
    if (layer instanceof AnalogDense) {
      const [kernel, ...bias] = weights as [tf.Tensor2D, ...tf.Tensor[]];
      layer.attach(await CrossbarMatrix.create(arrays, { name: layer.name, weights: kernel }));
      layer.setWeights(bias);
      analog.push(layer);
    } else if (weights.length > 0) {
      layer.setWeights(weights);
      digital.push(`${layer.name} (${layer.getClassName()})`);
    }
  }
  skipFirstGradients(copy, analog);
  return {
    network: copy,
    matrices: analog.map((layer) => layer.matrix as CrossbarMatrix),
    digital,
    pass: (loss) => pass(copy, analog, loss),
    dispose: () => void copy.dispose(),
  };
}

/** The same interface for a network without arrays. */
export const digitalModel = (network: tf.LayersModel): TrainableModel => ({
  network,
  matrices: [],
  pass: (loss) => pass(network, [], loss),
});

async function copyWith(model: tf.LayersModel, rename: (className: string) => string): Promise<tf.LayersModel> {
  const topology = model.toJSON(null, false) as { config: { layers: { class_name: string }[] } };
  for (const layer of topology.config.layers) layer.class_name = rename(layer.class_name);
  return tf.models.modelFromJSON(topology as unknown as tf.io.ModelJSON);
}

/** A layer that sees the data through nothing but weightless layers needs no gradient at its input. */
function skipFirstGradients(model: tf.LayersModel, analog: readonly AnalogDense[]): void {
  const trainableBefore = (layer: tf.layers.Layer): boolean =>
    layer.inboundNodes[0]!.inboundLayers.some((l) => l.trainableWeights.length > 0 || isAnalog(l) || trainableBefore(l));
  const isAnalog = (layer: tf.layers.Layer): boolean => layer instanceof AnalogDense;
  for (const layer of analog) layer.needsInputGradient = trainableBefore(layer);
}

function pass(network: tf.LayersModel, analog: readonly AnalogDense[], loss: () => tf.Scalar): TrainingPass {
  const handles = analog.map((layer) => layer.handle);
  const variables = network.trainableWeights.map((w) => w.read() as tf.Variable);
  const { value, grads } = tf.variableGrads(loss, [...variables, ...handles]);
  for (const handle of handles) {
    grads[handle.name]?.dispose();
    delete grads[handle.name];
  }
  const signals = analog.flatMap((layer) => {
    const signal = layer.takeSignal();
    return signal ? [{ matrix: layer.matrix, ...signal }] : [];
  });
  return { loss: value, gradients: grads, signals };
}
