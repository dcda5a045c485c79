import type * as tf from '@tensorflow/tfjs';
import { defineExtensionPoint } from '../plugin/extension-point.js';

/** What a network must fit. */
export interface NetworkTask {
  /** Without the batch dimension. */
  readonly inputShape: readonly number[];
  readonly classes: number;
}

/** A network architecture: an ordinary tfjs model that ends in logits, initialised from the run's seed or from a file. */
export interface Network {
  build(task: NetworkTask): tf.LayersModel | Promise<tf.LayersModel>;
}

/** The network. */
export const network = defineExtensionPoint<Network>('network', 'one');
