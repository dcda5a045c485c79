import { dispatch } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, expect, test } from 'vitest';

beforeAll(() => tf.setBackend('cpu'));
afterEach(() => {
  if (tf.getKernel('TxTest', 'cpu')) tf.unregisterKernel('TxTest', 'cpu');
});

const twice = (x: tf.Tensor): tf.Tensor => dispatch('TxTest', { x }, { factor: 3 }, () => tf.mul(x, 2));

test('a backend without the kernel runs the reference, and leaves only its result in memory', () => {
  const x = tf.tensor1d([1, 2]);
  const before = tf.memory().numTensors;
  const y = twice(x);
  expect(Array.from(y.dataSync())).toEqual([2, 4]);
  expect(tf.memory().numTensors).toBe(before + 1);
});

test('a backend with the kernel runs it, with the inputs and attributes', () => {
  tf.registerKernel({
    kernelName: 'TxTest',
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x } = inputs as { x: tf.TensorInfo };
      const { factor } = attrs as unknown as { factor: number };
      const data = Float32Array.of(factor, factor);
      const { write } = backend as unknown as { write: (d: Float32Array, s: number[], t: string) => object };
      return { dataId: write.call(backend, data, x.shape, 'float32'), shape: x.shape, dtype: 'float32' };
    },
  });
  expect(Array.from(twice(tf.tensor1d([1, 2])).dataSync())).toEqual([3, 3]);
});
