import type * as tf from '@tensorflow/tfjs';
import { defineExtensionPoint } from '../plugin/extension-point.js';

/** What a compensation may compare: outputs for its reference vectors, [vectors, outputs]. */
export interface ReferenceOutputs {
  /** Read through the arrays when the devices had just been written. */
  readonly before: tf.Tensor2D;
  /** The same from the weights that the devices stood for, without the arrays. */
  readonly exact: tf.Tensor2D;
  /** Read through the arrays now. */
  readonly now: tf.Tensor2D;
}

/**
 * Makes up digitally for what time did to the devices: outputs of forward reads are multiplied by a factor that is found
 * from reads of reference vectors, whenever time is asked for.
 */
export interface Compensation {
  /** The reference vectors, [vectors, inputs]. */
  vectors(inputs: number): tf.Tensor2D;
  /** The factor: a scalar, or one for each output, [outputs]. */
  factor(outputs: ReferenceOutputs): tf.Tensor;
}

/** What makes up for drift. */
export const compensation = defineExtensionPoint<Compensation>('compensation', 'one');
