import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { expectClose, numbers, onBoth, runs } from './support.js';

beforeAll(activateWasm);

const tensor4d = (shape: [number, number, number, number], seed: number): tf.Tensor4D =>
  tf.tensor4d(numbers(tf.util.sizeFromShape(shape), seed), shape);

const small = fc.integer({ min: 1, max: 3 });
const size = fc.integer({ min: 4, max: 9 });

test('depthwise convolutions and their gradients equal those of the cpu backend', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(small, size, size, fc.integer({ min: 1, max: 9 })),
      fc.tuple(small, small, small),
      fc.tuple(small, small),
      fc.constantFrom<'same' | 'valid' | number>('same', 'valid', 1),
      async (shape, [kernelHeight, kernelWidth, multiplier], strides, pad) => {
        for (const which of [0, 1, 2]) {
          const { ours, reference } = await onBoth(() => {
            const x = tensor4d(shape, 1);
            const filter = tensor4d([kernelHeight, kernelWidth, shape[3], multiplier], 2);
            const convolve = (a: tf.Tensor, f: tf.Tensor): tf.Tensor =>
              tf.depthwiseConv2d(a as tf.Tensor4D, f as tf.Tensor4D, strides, pad);
            const dy = tensor4d(convolve(x, filter).shape as [number, number, number, number], 3);
            const { value, grads } = tf.valueAndGrads(convolve)([x, filter], dy);
            return [value, ...grads][which]!;
          });
          expectClose(ours, reference, 1e-5);
        }
      },
    ),
    runs(60),
  );
});

test('the gradient of a separable convolution equals that of the cpu backend', async () => {
  const { ours, reference } = await onBoth(() => {
    const inputs = [tensor4d([2, 8, 7, 3], 4), tensor4d([3, 3, 3, 2], 5), tensor4d([1, 1, 6, 4], 6)];
    const gradients = tf.grads((x, depthwise, pointwise) =>
      tf
        .separableConv2d(x as tf.Tensor4D, depthwise as tf.Tensor4D, pointwise as tf.Tensor4D, 2, 'same')
        .square(),
    )(inputs);
    return tf.concat(gradients.map((g) => g.flatten()));
  });
  expectClose(ours, reference, 1e-5);
});

test('dilated depthwise convolutions equal those of the cpu backend', async () => {
  const { ours, reference } = await onBoth(() =>
    tf.depthwiseConv2d(tensor4d([2, 9, 8, 5], 7), tensor4d([3, 2, 5, 2], 8), 1, 'same', 'NHWC', [2, 3]),
  );
  expectClose(ours, reference, 1e-5);
});

test('a depthwise filter that is changed in place is read anew', async () => {
  await tf.setBackend('wasm');
  const backend = tf.backend() as unknown as { typedArrayFromHeap(t: tf.Tensor): Float32Array };
  const [x, filter] = [tf.ones([1, 2, 2, 1]) as tf.Tensor4D, tf.ones([2, 2, 1, 1]) as tf.Tensor4D];
  expect([...tf.depthwiseConv2d(x, filter, 1, 'valid').dataSync()]).toEqual([4]);
  backend.typedArrayFromHeap(filter).fill(5);
  expect([...tf.depthwiseConv2d(x, filter, 1, 'valid').dataSync()]).toEqual([20]);
});

test('the fused depthwise convolution equals that of the cpu backend', async () => {
  const { ours, reference } = await onBoth(() =>
    tf.fused.depthwiseConv2d({
      x: tensor4d([2, 8, 9, 4], 9),
      filter: tensor4d([3, 3, 4, 1], 10),
      strides: 2,
      pad: 'same',
      bias: tf.tensor1d(numbers(4, 11)),
      activation: 'relu',
    }),
  );
  expectClose(ours, reference, 1e-5);
});
