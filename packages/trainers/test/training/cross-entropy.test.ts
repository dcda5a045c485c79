import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { softmaxCrossEntropy } from '../../src/training/cross-entropy.js';

beforeAll(activateWasm);

/** The loss, then its gradient by the logits. */
function both(loss: (y: tf.Tensor2D, z: tf.Tensor2D) => tf.Tensor, batch: number, classes: number): number[] {
  return tf.tidy(() => {
    const z = tf.randomNormal<tf.Rank.R2>([batch, classes], 0, 4, 'float32', 1);
    const labels = tf.range(0, batch, 1, 'int32').mod(tf.scalar(classes, 'int32'));
    const y = tf.oneHot(labels, classes).toFloat() as tf.Tensor2D;
    const { value, grad } = tf.valueAndGrad((logits) => loss(y, logits as tf.Tensor2D))(z);
    return [...value.dataSync(), ...grad.dataSync()];
  });
}

for (const [batch, classes] of [
  [1, 10],
  [10, 10],
  [16, 3],
  [33, 100],
] as const)
  test(`loss and gradient of ${batch} samples in ${classes} classes are those of tf.losses, to the bit`, () => {
    const own = both(softmaxCrossEntropy, batch, classes);
    expect(own).toEqual(both((y, z) => tf.losses.softmaxCrossEntropy(y, z), batch, classes));
    expect(own.every(Number.isFinite)).toBe(true);
  });

test('no tensor is left behind', () => {
  const before = tf.memory().numTensors;
  both(softmaxCrossEntropy, 8, 10);
  expect(tf.memory().numTensors).toBe(before);
});
