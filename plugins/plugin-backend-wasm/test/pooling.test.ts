import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { expectClose, numbers, onBoth, runs } from './support.js';

beforeAll(activateWasm);

const small = fc.integer({ min: 1, max: 3 });
const size = fc.integer({ min: 4, max: 10 });
type Pad = 'same' | 'valid' | number;

/** tfjs takes the heights for the widths when the padding is a number. */
const defined = (pad: Pad, [height, width]: number[], [down, right]: number[]): Pad =>
  typeof pad === 'number' && (height !== width || down !== right) ? 'valid' : pad;

test.each(['maxPool', 'avgPool'] as const)('%s of any geometry equals that of the cpu backend', async (name) => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(small, size, size, fc.integer({ min: 1, max: 9 })),
      fc.tuple(small, small),
      fc.tuple(small, small),
      fc.constantFrom<Pad>('same', 'valid', 0),
      async (shape, filter, strides, pad) => {
        const x = numbers(tf.util.sizeFromShape(shape), 3, -5, 1);
        const { ours, reference, shapes } = await onBoth(() => tf[name](tf.tensor4d(x, shape), filter, strides, defined(pad, filter, strides)));
        expect(shapes[0]).toEqual(shapes[1]);
        expectClose(ours, reference, 1e-6);
      },
    ),
    runs(100),
  );
}); // prettier-ignore

test('gradients of means over windows equal those of the cpu backend', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(small, size, size, fc.integer({ min: 1, max: 9 })),
      fc.tuple(small, small),
      fc.tuple(small, small),
      fc.constantFrom<Pad>('same', 'valid'),
      async (shape, filter, strides, pad) => {
        const { ours, reference } = await onBoth(() => {
          const pool = (a: tf.Tensor): tf.Tensor => tf.avgPool(a as tf.Tensor4D, filter, strides, pad);
          const x = tf.tensor4d(numbers(tf.util.sizeFromShape(shape), 4), shape);
          const y = pool(x);
          return tf.grad(pool)(x, tf.tensor(numbers(y.size, 5), y.shape));
        });
        expectClose(ours, reference, 1e-6);
      },
    ),
    runs(60),
  );
});

/** The gradient for an input of a few different numbers, so that windows have equals. */
const gradient = (shape: [number, number, number, number], low: number, high: number, filter: [number, number], strides: [number, number], pad: Pad) =>
  onBoth(() => {
    const x = tf.tensor4d(numbers(tf.util.sizeFromShape(shape), 1, low, high).map(Math.round), shape);
    const pool = (a: tf.Tensor): tf.Tensor => tf.maxPool(a as tf.Tensor4D, filter, strides, pad);
    const y = pool(x);
    return tf.grad(pool)(x, tf.tensor(numbers(y.size, 2), y.shape));
  }); // prettier-ignore

test('gradients of maxima over windows equal those of the cpu backend, also among negative values', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(small, size, size, fc.integer({ min: 1, max: 9 })),
      fc.constantFrom<[number, number]>([-9, 9], [-9, -1], [0, 9], [0, 0]),
      fc.tuple(small, small),
      fc.tuple(small, small),
      fc.constantFrom<Pad>('same', 'valid', 0),
      async (shape, [low, high], filter, strides, pad) => {
        const { ours, reference } = await gradient(
          shape,
          low,
          high,
          filter,
          strides,
          defined(pad, filter, strides),
        );
        expectClose(ours, reference, 1e-6);
      },
    ),
    runs(100),
  );
});

test('the largest of four negative values gets the gradient', async () => {
  await tf.setBackend('wasm');
  const x = tf.tensor4d([-4, -3, -1, -2], [1, 2, 2, 1]);
  const dx = tf.grad((a: tf.Tensor) => tf.maxPool(a as tf.Tensor4D, 2, 2, 'valid'))(x);
  expect([...dx.dataSync()]).toEqual([0, 0, 1, 0]);
});
