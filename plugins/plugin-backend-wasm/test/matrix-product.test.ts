import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { expectClose, numbers, onBoth } from './support.js';

beforeAll(activateWasm);

const TOLERANCE = 1e-5;

const factor = (
  outer: number[],
  rows: number,
  columns: number,
  transposed: boolean,
  seed: number,
): tf.Tensor => {
  const shape = [...outer, ...(transposed ? [columns, rows] : [rows, columns])];
  return tf.tensor(numbers(tf.util.sizeFromShape(shape), seed), shape);
};

test.each([
  [false, false],
  [true, false],
  [false, true],
  [true, true],
])(
  'products beyond one block (transposeA %s, transposeB %s) equal those of the cpu backend',
  async (tA, tB) => {
    const { ours, reference } = await onBoth(() =>
      tf.matMul(factor([], 251, 300, tA, 3), factor([], 300, 790, tB, 4), tA, tB),
    );
    expectClose(ours, reference, TOLERANCE);
  },
);

describe('batches', () => {
  test.each([
    [[3], [3]],
    [[1], [4]],
    [[4], [1]],
    [
      [2, 3],
      [2, 3],
    ],
    [[], [5]],
    [[5], []],
  ])('of shapes %j and %j equal those of the cpu backend', async (a, b) => {
    for (const [tA, tB] of [
      [false, false],
      [true, false],
      [false, true],
    ] as const) {
      // prettier-ignore
      const { ours, reference, shapes } = await onBoth(() =>
        tf.matMul(factor(a, 7, 9, tA, 5), factor(b, 9, 11, tB, 6), tA, tB),
      );
      expect(shapes[0]).toEqual(shapes[1]);
      expectClose(ours, reference, TOLERANCE);
    }
  });

  test('that broadcast on both sides equal the product of broadcast factors', async () => {
    await tf.setBackend('wasm');
    const [a, b] = [factor([2, 1], 3, 4, false, 7), factor([1, 3], 4, 5, false, 8)];
    const expected = tf.matMul(tf.broadcastTo(a, [2, 3, 3, 4]), tf.broadcastTo(b, [2, 3, 4, 5]));
    const result = tf.matMul(a, b);
    expect(result.shape).toEqual([2, 3, 3, 5]);
    expectClose(result.dataSync(), expected.dataSync(), TOLERANCE);
  });
});

test.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const)(
  'the fused product with bias and %s equals that of the cpu backend',
  async (activation) => {
    const { ours, reference } = await onBoth(() =>
      tf.fused.matMul({
        a: factor([], 6, 10, false, 9) as tf.Tensor2D,
        b: factor([], 13, 10, false, 10) as tf.Tensor2D,
        transposeB: true,
        bias: tf.tensor1d(numbers(13, 11)),
        activation,
        preluActivationWeights: activation === 'prelu' ? tf.tensor1d(numbers(13, 12)) : undefined,
      }),
    );
    expectClose(ours, reference, TOLERANCE);
  },
);

test('a factor that is changed in place is read anew', async () => {
  await tf.setBackend('wasm');
  const backend = tf.backend() as unknown as { typedArrayFromHeap(t: tf.Tensor): Float32Array };
  const [a, b] = [tf.ones([2, 3]), tf.ones([3, 2])];
  tf.matMul(a, b).dispose();
  backend.typedArrayFromHeap(b).fill(5);
  expect([...tf.matMul(a, b).dataSync()]).toEqual([15, 15, 15, 15]);
});
