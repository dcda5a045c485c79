import type * as tf from '@tensorflow/tfjs';
import { isOnArrays } from '../layers/on-arrays.js';

/**
 * A layer that sees the data through nothing trainable needs no gradient at its input, so its arrays are not driven
 * backward. Only layers of the outermost network are looked at, and recurrent ones always need theirs.
 */
export function skipFirstGradients(network: tf.LayersModel): void {
  const trainableBefore = (layer: tf.layers.Layer): boolean =>
    layer.inboundNodes.some((node) =>
      node.inboundLayers.some((l) => l.trainableWeights.length > 0 || trainableBefore(l)),
    );
  for (const layer of network.layers) {
    // A separable layer's second kernel stands behind its first one.
    if (!isOnArrays(layer) || Object.keys(layer.kernels).length > 1 || trainableBefore(layer)) continue;
    for (const kernel of Object.values(layer.kernels)) {
      for (const product of kernel.products) product.needsInputGradient = false;
    }
  }
}
