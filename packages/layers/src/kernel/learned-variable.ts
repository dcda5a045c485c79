import * as tf from '@tensorflow/tfjs';
import { KernelVariable } from './kernel-variable.js';

/**
 * A digital variable of arrays that learns beside the weights (an input range, a scale of outputs) as a weight of its layer,
 * so that optimisers find it. It belongs to the arrays, which save and dispose it.
 */
export class LearnedVariable extends tf.LayerVariable {
  declare readonly shape: tf.Shape;
  declare protected val: tf.Variable;

  constructor(name: string, variable: tf.Variable) {
    const none = tf.scalar(0);
    super(none, 'float32', name);
    none.dispose();
    this.val.dispose();
    this.val = variable;
    (this as { shape: tf.Shape }).shape = variable.shape;
  }

  /** The arrays do it. */
  override dispose(): void {}
}

/** Whether a weight of a converted network is part of its arrays. */
export const isOfArrays = (weight: tf.LayerVariable): boolean =>
  weight instanceof KernelVariable || weight instanceof LearnedVariable;
