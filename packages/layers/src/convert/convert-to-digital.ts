import * as tf from '@tensorflow/tfjs';
import { LearnedVariable } from '../kernel/learned-variable.js';
import { digitalClassOf } from './analog-classes.js';
import { topologyWith } from './topology.js';

/**
 * A copy of a converted network as an ordinary tfjs network, with the weights that the devices stand for. The original
 * is untouched.
 */
export async function convertToDigital(network: tf.LayersModel): Promise<tf.LayersModel> {
  const copy = await tf.models.modelFromJSON(digitalTopology(network));
  const weights = network.weights.filter((weight) => !(weight instanceof LearnedVariable));
  copy.setWeights(weights.map((weight) => weight.read()));
  return copy;
}

/** The topology of a converted network without its arrays, as tfjs saves models. */
export const digitalTopology = (network: tf.LayersModel): tf.io.ModelJSON =>
  topologyWith(network, digitalClassOf);
