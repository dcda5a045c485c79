import type { ArrayModel } from '@txsim/array';
import type { LayerPlace, Mapping, TrainableModel } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import type { AnalogKernel } from '../kernel/analog-kernel.js';
import { isOnArrays, type OnArrays } from '../layers/on-arrays.js';
import { analogClassOf } from './analog-classes.js';
import { chooser, type LayerChoice } from './choose-layers.js';
import { skipFirstGradients } from './input-gradients.js';
import { layerPlaces } from './layer-places.js';
import { leavesOf } from './layer-tree.js';
import { topologyWith, type LayerJson } from './topology.js';
import { trainingPass } from './training-pass.js';

/** A converted network. */
export interface AnalogNetwork extends TrainableModel {
  /** Names and classes of the layers with weights that have no analog form. */
  readonly digital: readonly string[];
  /** What is on arrays of each layer, and what is not. */
  readonly layers: readonly LayerPlace[];
  dispose(): void;
}

/** Which layers go on which arrays. */
export interface ConversionOptions extends LayerChoice {
  /** Arrays of their own for some layers, by name (`outer/inner` inside another). */
  readonly perLayer?: Readonly<Record<string, ArrayModel>>;
  /** Of the samples, without the batch dimension, where the network leaves it open; it has one input then. */
  readonly inputShape?: readonly number[] | undefined;
  /** wMax by the name of the matrix, where it is not the mapping's: that of a network that was saved. */
  readonly weightRanges?: Readonly<Record<string, number>>;
}

/**
 * A copy of a tfjs network whose dense, convolution and recurrent layers are on crossbars, programmed with the present
 * weights. The original is untouched; names, shapes and weights stay, and `compile`, `fit`, `evaluate` and `predict`
 * work as ever: what the optimiser assigns to a kernel is asked of its devices. Layers without an analog form stay
 * digital and are listed.
 *
 * @param arrays what the arrays are made of
 * @throws PluginError STACK_INVALID if an option names a layer that the network does not have, or the size of images is open
 */
export async function convertToAnalog(
  model: tf.LayersModel,
  arrays: ArrayModel,
  { perLayer = {}, weightRanges = {}, inputShape, ...choice }: ConversionOptions = {},
): Promise<AnalogNetwork> {
  const chosen = chooser(model, choice, Object.keys(perLayer));
  const classOf = (layer: LayerJson, path: string): string => {
    const analog = analogClassOf(layer);
    return analog !== undefined && chosen(path, layer.class_name) ? analog : layer.class_name;
  };
  const topology = topologyWith(model, classOf, inputShape);
  const network = await tf.models.modelFromJSON(topology);
  const kernels: AnalogKernel[] = [];
  const digital: string[] = [];
  const originals = leavesOf(model);
  try {
    for (const [i, { path, layer }] of leavesOf(network).entries()) {
      const weights = originals[i]!.layer.getWeights();
      if (isOnArrays(layer)) {
        await adopt(layer, weights, path, (name) => withRange(perLayer[path] ?? arrays, weightRanges[name]));
        kernels.push(...Object.values(layer.kernels));
      } else if (weights.length > 0) {
        layer.setWeights(weights);
        if (chosen(path, layer.getClassName())) digital.push(`${path} (${layer.getClassName()})`);
      }
    }
  } catch (error) {
    disposeNetwork(network);
    throw error;
  }
  skipFirstGradients(network);
  return {
    network,
    matrices: kernels.flatMap((kernel) => kernel.products.map(({ matrix }) => matrix)),
    digital,
    layers: layerPlaces(network),
    pass: (loss) => trainingPass(network, kernels, loss),
    dispose: () => disposeNetwork(network),
  };
}

/** Takes over the weights of a digital layer, kernels on arrays. */
async function adopt(
  layer: OnArrays & tf.layers.Layer,
  weights: readonly tf.Tensor[],
  path: string,
  arrays: (matrix: string) => ArrayModel,
): Promise<void> {
  const kernels = Object.values(layer.kernels);
  // Adopted kernels add what learns beside them.
  for (const [i, variable] of [...layer.weights].entries()) {
    const kernel = kernels.find((k) => k.variable === variable);
    const name = kernels.length === 1 ? path : `${path}/${kernel?.name}`;
    if (kernel) await kernel.adopt(weights[i]!, name, arrays);
    else variable.write(weights[i]!);
  }
}

const withRange = (arrays: ArrayModel, range: number | undefined): ArrayModel => {
  if (range === undefined) return arrays;
  const mapping = Object.create(arrays.mapping, { weightRange: { value: () => range } }) as Mapping;
  return { ...arrays, mapping };
};

/** tfjs disposes a layer as many times as it was applied, and a network calls it once. */
function disposeNetwork(network: tf.LayersModel): void {
  for (const layer of network.layers) {
    for (let i = 1; i < layer.inboundNodes.length; i++) layer.dispose();
  }
  network.dispose();
}
