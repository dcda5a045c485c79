import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';

beforeAll(activateWasm);

test('rows of the same segment are added, those of none are dropped', async () => {
  await tf.setBackend('wasm');
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5, 2]);
  const sum = tf.unsortedSegmentSum(x, tf.tensor1d([1, -1, 1, 3, 0], 'int32'), 3);
  expect(await sum.array()).toEqual([[9, 10], [6, 8], [0, 0]]); // prettier-ignore
});
