import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { expectClose, numbers, onBoth } from './support.js';

beforeAll(activateWasm);

test.each([
  [[6, 4], 0],
  [[6], 0],
  [[3, 6, 5], 1],
  [[2, 3, 6], 2],
])('the gradient of gathering from %j along axis %i equals that of the cpu backend', async (shape, axis) => {
  const { ours, reference } = await onBoth(() => {
    const indices = tf.tensor1d([0, 2, 2, 5, 0, 0, 3], 'int32');
    const gather = (x: tf.Tensor): tf.Tensor => tf.gather(x, indices, axis);
    const x = tf.tensor(numbers(tf.util.sizeFromShape(shape), 1), shape);
    const y = gather(x);
    return tf.grad(gather)(x, tf.tensor(numbers(y.size, 2), y.shape));
  });
  expectClose(ours, reference, 1e-6);
});

test('rows of the same segment are added, those of none are dropped', async () => {
  await tf.setBackend('wasm');
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5, 2]);
  const sum = tf.unsortedSegmentSum(x, tf.tensor1d([1, -1, 1, 3, 0], 'int32'), 3);
  expect(await sum.array()).toEqual([[9, 10], [6, 8], [0, 0]]); // prettier-ignore
});
