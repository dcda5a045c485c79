import type { ArrayModel } from '@txsim/array';
import type { TrainableModel, TrainingPass } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { AnalogConv2D } from './analog-conv2d.js';
import { AnalogDense } from './analog-dense.js';
import { AnalogLayer } from './analog-layer.js';

/** A converted network. */
export interface AnalogNetwork extends TrainableModel {
  /** Names and classes of the layers with weights that stay digital. */
  readonly digital: readonly string[];
  dispose(): void;
}

/**
 * A copy of a tfjs network whose dense and convolution layers are on crossbars, programmed with the present weights. The original is
 * untouched. Layers of other classes stay digital.
 *
 * @param arrays what the arrays are made of
 */
export async function convertToAnalog(model: tf.LayersModel, arrays: ArrayModel): Promise<AnalogNetwork> {
  const copy = await copyWith(model, analogClassOf);
  const analog: AnalogLayer[] = [];
  const digital: string[] = [];
  for (const layer of copy.layers) {
    const weights = model.getLayer(layer.name).getWeights();
    if (layer instanceof AnalogLayer) {
      await layer.adopt(weights, arrays);
      analog.push(layer);
    } else if (weights.length > 0) {
      layer.setWeights(weights);
      digital.push(`${layer.name} (${layer.getClassName()})`);
    }
  }
  skipFirstGradients(copy, analog);
  return {
    network: copy,
    matrices: analog.map((layer) => layer.matrix),
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

interface LayerJson {
  class_name: string;
  readonly config: { readonly data_format?: string };
}

/** The analog class of a digital layer; its own where there is none. */
function analogClassOf({ class_name, config }: LayerJson): string {
  if (class_name === 'Dense') return AnalogDense.className;
  if (class_name === 'Conv2D' && config.data_format !== 'channels_first') return AnalogConv2D.className;
  return class_name;
}

async function copyWith(
  model: tf.LayersModel,
  classOf: (layer: LayerJson) => string,
): Promise<tf.LayersModel> {
  const topology = model.toJSON(null, false) as unknown as { config: { layers: LayerJson[] } };
  for (const layer of topology.config.layers) layer.class_name = classOf(layer);
  return tf.models.modelFromJSON(topology as unknown as tf.io.ModelJSON);
}

/** A layer that sees the data through nothing but weightless layers needs no gradient at its input. */
function skipFirstGradients(model: tf.LayersModel, analog: readonly AnalogLayer[]): void {
  const trainableBefore = (layer: tf.layers.Layer): boolean =>
    layer.inboundNodes[0]!.inboundLayers.some(
      (l) => l.trainableWeights.length > 0 || isAnalog(l) || trainableBefore(l),
    );
  const isAnalog = (layer: tf.layers.Layer): boolean => layer instanceof AnalogLayer;
  for (const layer of analog) layer.needsInputGradient = trainableBefore(layer);
}

function pass(network: tf.LayersModel, analog: readonly AnalogLayer[], loss: () => tf.Scalar): TrainingPass {
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
