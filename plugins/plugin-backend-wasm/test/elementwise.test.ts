import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { expectClose, expectRelative, numbers, onBoth } from './support.js';

beforeAll(activateWasm);

/** Every float32 exponent that matters, both signs, and what is special. */
const points = Float32Array.from([
  ...numbers(20_000, 1, -12, 12),
  ...numbers(5_000, 2, -110, 110),
  ...numbers(5_000, 3, -40, 4).map((e) => 2 ** e),
  ...numbers(5_000, 4, -40, 4).map((e) => -(2 ** e)),
  ...[0, 0.625, -0.625, 0.6249999, 88.8, -88.8, 1e30, -1e30, Infinity, -Infinity, NaN],
]);

/** tfjs' own sigmoid is as fast; where it would be a denormal number it gives 0. */
const exact: Record<'tanh' | 'sigmoid', (x: number) => number> = {
  tanh: Math.tanh,
  sigmoid: (x) => (x < -87.3365 ? 0 : 1 / (1 + Math.exp(-x))),
};

describe.each(['tanh', 'sigmoid'] as const)('%s', (name) => {
  test('is within 10⁻⁶ of the exact value, relatively, everywhere', async () => {
    await tf.setBackend('wasm');
    expectRelative(tf[name](tf.tensor1d(points)).dataSync(), points.map(exact[name]), 1e-6);
  });

  test('keeps the shape and takes any number of elements', async () => {
    for (const shape of [[], [1], [3], [2, 3, 5], [0]]) {
      const count = tf.util.sizeFromShape(shape);
      const { ours, reference, shapes } = await onBoth(() => tf[name](tf.tensor(numbers(count, 5), shape)));
      expect(shapes[0]).toEqual(shapes[1]);
      expectClose(ours, reference, 1e-6);
    }
  });

  test('has the gradient of the cpu backend', async () => {
    const { ours, reference } = await onBoth(() =>
      tf.grad((x: tf.Tensor) => tf[name](x))(tf.tensor1d(numbers(1000, 6, -6, 6))),
    );
    expectClose(ours, reference, 1e-6);
  });
});
