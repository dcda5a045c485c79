import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import {
  convolutionGeometry,
  fold,
  patchSize,
  positions,
  unfold,
  type ConvolutionGeometry,
} from '../src/index.js';

fc.configureGlobal({ seed: 1 });
beforeAll(() => tf.setBackend('cpu'));

const size = (max: number) => fc.integer({ min: 1, max });
const cases = fc.record({
  image: fc.tuple(fc.integer({ min: 4, max: 7 }), fc.integer({ min: 4, max: 7 }), size(3)),
  kernel: fc.tuple(size(3), size(2)),
  strides: fc.tuple(size(3), size(2)),
  dilations: fc.tuple(size(2), size(2)),
  padding: fc.constantFrom('same' as const, 'valid' as const),
});

const sequence = (shape: number[]): tf.Tensor =>
  tf.tensor(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => ((i * 37) % 101) / 50 - 1),
    shape,
  );

/** The kernel reaches beyond an image only where it may: with padding. */
const fits = (c: { image: number[]; kernel: number[]; dilations: number[]; padding: string }): boolean =>
  c.padding === 'same' || [0, 1].every((i) => (c.kernel[i]! - 1) * c.dilations[i]! < c.image[i]!);

/** tfjs allows strides or dilations, not both. */
const geometries = cases
  .map((c) => ({
    ...c,
    dilations: c.strides[0] * c.strides[1] > 1 ? ([1, 1] as [number, number]) : c.dilations,
  }))
  .filter(fits)
  .map((c) => ({
    ...c,
    geometry: convolutionGeometry(c.image, c.kernel, c.strides, c.dilations, c.padding),
  }));

const close = (a: tf.Tensor, b: tf.Tensor): void => {
  expect(a.shape).toEqual(b.shape);
  const [x, y] = [a.dataSync(), b.dataSync()];
  x.forEach((v, i) => expect(Math.abs(v - y[i]!)).toBeLessThan(1e-4));
};

test('unfolded patches times a kernel are the convolution', () => {
  fc.assert(
    fc.property(geometries, ({ image, kernel, strides, dilations, padding, geometry }) => {
      tf.tidy(() => {
        const x = sequence([2, ...image]) as tf.Tensor4D;
        const w = sequence([...kernel, image[2], 4]) as tf.Tensor4D;
        const expected = tf.conv2d(x, w, strides, padding, 'NHWC', dilations);
        const product = tf.matMul(unfold(x, geometry), w.reshape([patchSize(geometry), 4]));
        close(product.reshape([2, geometry.outHeight, geometry.outWidth, 4]), expected);
      });
    }),
    { numRuns: 60 },
  );
});

test('fold is the transpose of unfold: ⟨unfold(x), c⟩ = ⟨x, fold(c)⟩', () => {
  const inner = (a: tf.Tensor, b: tf.Tensor): number => tf.sum(tf.mul(a, b)).dataSync()[0]!;
  const holds = (geometry: ConvolutionGeometry): void =>
    tf.tidy(() => {
      const x = sequence([2, geometry.height, geometry.width, geometry.channels]) as tf.Tensor4D;
      const c = sequence([2 * positions(geometry), patchSize(geometry)]) as tf.Tensor2D;
      expect(inner(x, fold(c, geometry))).toBeCloseTo(inner(unfold(x, geometry), c), 3);
    });
  fc.assert(
    fc.property(geometries, ({ geometry }) => holds(geometry)),
    { numRuns: 30 },
  );
});

test('a kernel that does not fit into the image is refused', () => {
  expect(() => convolutionGeometry([4, 7, 1], [3, 1], [1, 1], [2, 1], 'valid')).toThrow(
    'a kernel that reaches over 5 does not fit into 4',
  );
  expect(convolutionGeometry([4, 7, 1], [3, 1], [1, 1], [2, 1], 'same').outHeight).toBe(4);
});
