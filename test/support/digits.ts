import { mnist } from '@txsim/plugin-mnist';
import { make } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { installed } from './installed.js';

/** MNIST images [batch, 784] and one-hot labels [batch, 10]. */
interface Digits {
  readonly x: tf.Tensor2D;
  readonly y: tf.Tensor2D;
}

/** The MNIST digits as tensors, by their numbers. */
export async function digits() {
  const { train, test } = await make(mnist, installed).load();
  const of =
    (split: typeof train) =>
    (indices: readonly number[]): Digits => {
      const { features, labels } = split.samples(indices);
      return {
        x: tf.tensor2d(features, [indices.length, 784]),
        y: tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), 10).toFloat() as tf.Tensor2D),
      };
    };
  return { train: of(train), test: of(test), trainSize: train.size, testSize: test.size };
}
