import type * as tf from '@tensorflow/tfjs';
import { defineExtensionPoint } from '../plugin/extension-point.js';
import type { AnalogMatrix } from './analog-matrix.js';

/** A network whose forward pass may go through arrays. */
export interface TrainableModel {
  readonly network: tf.LayersModel;
  /** Empty for a digital network. */
  readonly matrices: readonly AnalogMatrix[];
  /**
   * Runs `loss` and its gradient, once through all layers. The caller disposes the result with `disposePass`.
   */
  pass(loss: () => tf.Scalar): TrainingPass;
}

/** What one pass gives. */
export interface TrainingPass {
  readonly loss: tf.Scalar;
  /** Gradients of the digital variables (biases and layers that are not on arrays), by variable name. */
  readonly gradients: tf.NamedTensorMap;
  /** The input and the gradient at the output of each matrix. */
  readonly signals: readonly {
    readonly matrix: AnalogMatrix;
    readonly x: tf.Tensor;
    readonly d: tf.Tensor;
    /** Whether d goes on through the arrays, to trainable layers before them. */
    readonly drivenBackward: boolean;
  }[];
}

/** Disposes a pass; its loss too, unless it is to be kept. */
export function disposePass({ loss, gradients, signals }: TrainingPass, keepLoss = false): void {
  if (!keepLoss) loss.dispose();
  Object.values(gradients).forEach((g) => g.dispose());
  for (const { x, d } of signals) {
    x.dispose();
    d.dispose();
  }
}

/** How a network learns from one mini-batch. The loop around it (order, evaluation, checkpoints) is shared. */
export interface Trainer {
  readonly epochs: number;
  readonly batchSize: number;
  /**
   * Learns one batch and returns its mean loss; the caller disposes it.
   *
   * @param epoch passes through the training set that are done, 0 in the first one: what a schedule goes by
   */
  step(model: TrainableModel, loss: () => tf.Scalar, epoch?: number): tf.Scalar;
}

/** The training algorithm. */
export const trainer = defineExtensionPoint<Trainer>('trainer', 'one');
