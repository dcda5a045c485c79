import type * as tf from '@tensorflow/tfjs';
import type { AnalogProduct } from '../kernel/analog-product.js';
import { isOnArrays } from '../layers/on-arrays.js';
import { leavesOf } from './layer-tree.js';

/** The products of all kernels on arrays, in the order of the network. */
export const productsOf = (network: tf.LayersModel): AnalogProduct[] =>
  leavesOf(network).flatMap(({ layer }) =>
    isOnArrays(layer) ? Object.values(layer.kernels).flatMap((kernel) => kernel.products) : [],
  );
