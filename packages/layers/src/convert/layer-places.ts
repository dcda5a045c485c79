import type { LayerPlace } from '@txsim/core';
import type * as tf from '@tensorflow/tfjs';
import { KernelVariable } from '../kernel/kernel-variable.js';
import { isOnArrays, type OnArrays } from '../layers/on-arrays.js';
import { digitalClassOf } from './analog-classes.js';
import { leavesOf } from './layer-tree.js';

/** What a layer of tfjs may apply to its products. */
interface Activated {
  readonly activation?: tf.serialization.Serializable | null;
  readonly recurrentActivation?: tf.serialization.Serializable | null;
}

/** Where the layers of a converted network are computed, in its order; inputs are none. */
export const layerPlaces = (network: tf.LayersModel): LayerPlace[] =>
  leavesOf(network)
    .filter(({ layer }) => layer.getClassName() !== 'InputLayer')
    .map(({ path, layer }) => {
      const kind = digitalClassOf({ class_name: layer.getClassName(), config: {} });
      if (!isOnArrays(layer)) return { layer: path, kind, matrices: [], digital: [] };
      const products = Object.values(layer.kernels).flatMap((kernel) => kernel.products);
      const matrices = products.map(({ matrix }) => matrix.name);
      return { layer: path, kind, matrices, digital: digitalPart(layer) };
    });

/** Weights beside the kernels by the last part of their names, activations, and what else the class does. */
function digitalPart(layer: OnArrays & tf.layers.Layer): string[] {
  const { activation, recurrentActivation } = layer as Activated;
  const beside = layer.weights.filter((weight) => !(weight instanceof KernelVariable));
  const activations = [recurrentActivation, activation].map((a) => a?.getClassName() ?? 'linear');
  return [
    ...new Set([
      ...beside.map(({ originalName }) => originalName.split('/').at(-1)!),
      ...layer.digitalOperations,
      ...activations.filter((name) => name !== 'linear'),
    ]),
  ];
}
