import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { expectClose, numbers, onBoth, runs } from './support.js';

beforeAll(activateWasm);

const TOLERANCE = 1e-5;

const tensor4d = (shape: [number, number, number, number], seed: number): tf.Tensor4D =>
  tf.tensor4d(numbers(tf.util.sizeFromShape(shape), seed), shape);

type Pad = 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;

const small = fc.integer({ min: 1, max: 3 });
const padding: fc.Arbitrary<Pad> = fc.oneof(
  fc.constantFrom<Pad>('valid', 'same'),
  fc.integer({ min: 0, max: 2 }),
  fc
    .tuple(small, fc.nat(2), fc.nat(2), small)
    .map(([t, b, l, r]): Pad => [[0, 0], [t, b], [l, r], [0, 0]]), // prettier-ignore
);

/** A convolution whose window fits into the image for every dilation. */
const convolution = fc.record({
  batch: small,
  height: fc.integer({ min: 7, max: 12 }),
  width: fc.integer({ min: 7, max: 12 }),
  channels: fc.integer({ min: 1, max: 9 }),
  kernel: fc.tuple(small, small),
  outputs: fc.integer({ min: 1, max: 11 }),
  strides: fc.tuple(small, small),
  dilations: fc.tuple(small, small),
  pad: padding,
});

test('convolutions of any geometry equal those of the cpu backend', async () => {
  await fc.assert(
    fc.asyncProperty(convolution, fc.boolean(), async (c, dilated) => {
      const strides = dilated ? 1 : c.strides;
      const dilations = dilated ? c.dilations : 1;
      const { ours, reference, shapes } = await onBoth(() => {
        const x = tensor4d([c.batch, c.height, c.width, c.channels], 1);
        const filter = tensor4d([...c.kernel, c.channels, c.outputs], 2);
        return tf.conv2d(x, filter, strides, c.pad, 'NHWC', dilations);
      });
      expect(shapes[0]).toEqual(shapes[1]);
      expectClose(ours, reference, TOLERANCE);
    }),
    runs(100),
  );
});

test('gradients of convolutions of any geometry equal those of the cpu backend', async () => {
  await fc.assert(
    fc.asyncProperty(convolution, fc.constantFrom(0, 1), async (c, which) => {
      const { ours, reference } = await onBoth(() => {
        const x = tensor4d([c.batch, c.height, c.width, c.channels], 3);
        const filter = tensor4d([...c.kernel, c.channels, c.outputs], 4);
        const convolve = (a: tf.Tensor, f: tf.Tensor): tf.Tensor =>
          tf.conv2d(a as tf.Tensor4D, f as tf.Tensor4D, c.strides, c.pad);
        const dy = tensor4d(convolve(x, filter).shape as [number, number, number, number], 5);
        return tf.grads(convolve)([x, filter], dy)[which]!;
      });
      expectClose(ours, reference, TOLERANCE);
    }),
    runs(120),
  );
});

test.each([
  ['3 × 3', [3, 3]],
  ['1 × 1', [1, 1]],
] as const)('a %s convolution of several pieces and its gradients equal those of the cpu backend', async (_, k) => {
  for (const which of [0, 1, 2]) {
    const { ours, reference } = await onBoth(() => {
      const [x, filter] = [tensor4d([3, 18, 19, 66], 6), tensor4d([...k, 66, 7], 7)];
      const { value, grads } = tf.valueAndGrads((a, f) => tf.conv2d(a as tf.Tensor4D, f as tf.Tensor4D, 1, 'same'))([x, filter], tensor4d([3, 18, 19, 7], 8)); // prettier-ignore
      return [value, ...grads][which]!;
    });
    expectClose(ours, reference, TOLERANCE);
  }
}); // prettier-ignore

test.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const)(
  'the fused convolution with bias and %s equals that of the cpu backend',
  async (activation) => {
    const { ours, reference } = await onBoth(() =>
      tf.fused.conv2d({
        x: tensor4d([2, 8, 9, 3], 9),
        filter: tensor4d([3, 3, 3, 5], 10),
        strides: 2,
        pad: 'same',
        bias: tf.tensor1d(numbers(5, 11)),
        activation,
        leakyreluAlpha: 0.3,
        preluActivationWeights: activation === 'prelu' ? tf.tensor1d(numbers(5, 12)) : undefined,
      }),
    );
    expectClose(ours, reference, TOLERANCE);
  },
);

test.each([1, 2])('gradients of a transposed convolution (strides %i) equal those of the cpu backend', async (s) => {
  for (const which of [0, 1]) {
    const { ours, reference } = await onBoth(() => {
      const [x, filter] = [tensor4d([2, 4, 5, 4], 13), tensor4d([3, 3, 6, 4], 14)];
      return tf.grads((a, f) =>
        tf.conv2dTranspose(a as tf.Tensor4D, f as tf.Tensor4D, [2, 4 * s, 5 * s, 6], s, 'same').square(),
      )([x, filter])[which]!;
    });
    expectClose(ours, reference, TOLERANCE);
  }
}); // prettier-ignore

test('a convolution of one dimension and its gradients equal those of the cpu backend', async () => {
  const { ours, reference } = await onBoth(() => {
    const [x, filter] = [tf.tensor3d(numbers(54, 15), [2, 9, 3]), tf.tensor3d(numbers(36, 16), [3, 3, 4])];
    const gradients = tf.grads((a, f) => tf.conv1d(a as tf.Tensor3D, f as tf.Tensor3D, 1, 'same').square())([x, filter]); // prettier-ignore
    return tf.concat(gradients.map((g) => g.flatten()));
  });
  expectClose(ours, reference, TOLERANCE);
});

test('a window of more than one piece may hold is convolved in pieces of few rows', async () => {
  const { ours, reference } = await onBoth(() =>
    tf.conv2d(tensor4d([1, 8, 9, 9000], 20), tensor4d([2, 2, 9000, 1], 21), 1, 'valid'),
  );
  expectClose(ours, reference, TOLERANCE);
});

test('a filter that is changed in place is read anew', async () => {
  await tf.setBackend('wasm');
  const backend = tf.backend() as unknown as { typedArrayFromHeap(t: tf.Tensor): Float32Array };
  const [x, filter] = [tf.ones([1, 3, 3, 2]) as tf.Tensor4D, tf.ones([3, 3, 2, 1]) as tf.Tensor4D];
  expect([...tf.conv2d(x, filter, 1, 'valid').dataSync()]).toEqual([18]);
  backend.typedArrayFromHeap(filter).fill(5);
  expect([...tf.conv2d(x, filter, 1, 'valid').dataSync()]).toEqual([90]);
  expect([...tf.fused.conv2d({ x, filter, strides: 1, pad: 'valid' }).dataSync()]).toEqual([90]);
});

test('a convolution of no images is empty', async () => {
  await tf.setBackend('wasm');
  const x = tf.zeros([0, 4, 4, 2]) as tf.Tensor4D;
  expect(tf.conv2d(x, tensor4d([3, 3, 2, 5], 17), 1, 'same').shape).toEqual([0, 4, 4, 5]);
});

test('tensors with the channels first are refused', async () => {
  await tf.setBackend('wasm');
  const run = (): tf.Tensor => tf.conv2d(tensor4d([1, 2, 4, 4], 18), tensor4d([3, 3, 2, 5], 19), 1, 'same', 'NCHW');
  expect(run).toThrow('use NHWC');
}); // prettier-ignore
