import type { DatasetSplit, LoadedDataset } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { softmaxCrossEntropy } from './cross-entropy.js';

/** Tensors of some samples: features [count, ...inputShape], one-hot labels [count, classes], classes as numbers. */
export interface Batch {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor2D;
  readonly labels: Int32Array;
}

/** @param draw which time these samples are learned; absent: the samples as they are */
export function makeBatch(
  data: LoadedDataset,
  split: DatasetSplit,
  indices: ArrayLike<number>,
  draw?: number,
): Batch {
  const { features, labels } = split.samples(indices, draw);
  const x = tf.tensor(features, [labels.length, ...data.inputShape]);
  const y = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), data.classes).toFloat() as tf.Tensor2D);
  return { x, y, labels };
}

/** Mean cross-entropy of the network's logits, nats. */
export const crossEntropy = (network: tf.LayersModel, { x, y }: Batch): tf.Scalar =>
  softmaxCrossEntropy(y, network.apply(x, { training: true }) as tf.Tensor2D);
