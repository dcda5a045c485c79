import * as tf from '@tensorflow/tfjs';
import * as ops from '@txsim/ops';
import { evaluate, evaluateReference, input, randomStream, type Expression } from '@txsim/ops';
import { expect, test } from 'vitest';
import { expectClose, expectRelative, numbers, onBoth, onWebgpu } from './support.js';

/** WGSL allows 2.5 units in the last place for a division, and contracts a · b + c. */
const ARITHMETIC = 4e-7;
const noise = { streams: (name: string) => randomStream(1, name), draw: 3 };

type Arrays = Readonly<Record<string, { values: Float32Array; shape: readonly number[] }>>;

const compare = (expression: Expression, arrays: Arrays, shape: readonly number[]) => {
  const inputs = (): Record<string, tf.Tensor> =>
    Object.fromEntries(Object.entries(arrays).map(([k, a]) => [k, tf.tensor(a.values, [...a.shape])]));
  const keys = ops
    .noiseStreams(expression)
    .map((s) => ops.drawKey(noise.streams(s.stream), noise.draw, s.kind === 'normal' ? 1 : 0));
  return onBoth(
    () => evaluate(expression, inputs(), shape, noise),
    () => evaluateReference(inputs(), { expression, shape, keys }),
  );
};

async function expectParity(e: Expression, arrays: Arrays, shape: readonly number[], tolerance: number) {
  const { ours, reference } = await compare(e, arrays, shape);
  expectRelative(ours, reference, tolerance);
}

const vector = (values: Float32Array): Arrays[string] => ({ values, shape: [values.length] });
const filled = (shape: readonly number[], seed: number): Arrays[string] => ({
  values: numbers(tf.util.sizeFromShape([...shape]), seed),
  shape,
});
const [a, b] = [input('a'), input('b')];

onWebgpu('evaluate', () => {
  test('power 3 is that of products', () => {
    const x = numbers(1001, 1, -20, 20);
    return expectParity(ops.power(a, 3), { a: vector(x) }, [1001], ARITHMETIC);
  });

  test('power over the whole range is within 2e-7 · (1 + |y ln x|) of tfjs', async () => {
    const x = Float32Array.from([
      ...numbers(3000, 6, -20, 20).map(Math.exp),
      0,
      0,
      0,
      1,
      5,
      Infinity,
      Infinity,
    ]);
    const y = Float32Array.from([...numbers(3000, 7, -4, 4), 2, 0, -1, 7, 0, 1, -1]);
    const { ours, reference } = await compare(ops.power(a, b), { a: vector(x), b: vector(y) }, [x.length]);
    ours.forEach((value, i) => {
      const bound = 2e-7 * (1 + Math.abs(y[i]! * Math.log(x[i]!)));
      expectRelative(
        Float32Array.of(value),
        Float32Array.of(reference[i]!),
        Number.isFinite(bound) ? bound : 0,
      );
    });
  });

  test('more inputs than a program has buffers', async () => {
    const names = Array.from({ length: 20 }, (_, k) => `x${k}`);
    const shapes = names.map((_, k) => [[6, 5, 70], [70], [5, 1], [], [6, 1, 70]][k % 5]!);
    const e = names.map((name, k) => ops.multiply(input(name), k + 1)).reduce((x, y) => ops.add(x, y));
    const arrays = Object.fromEntries(names.map((name, k) => [name, filled(shapes[k]!, k + 1)]));
    const { ours, reference } = await compare(e, arrays, [6, 5, 70]);
    expectClose(ours, reference, 1e-6);
  });

  test('more results than a program has buffers', async () => {
    const expressions = Array.from({ length: 20 }, (_, k) =>
      ops.add(ops.multiply(a, k), ops.uniform(`u${k % 3}`)),
    );
    const [which, x] = [17, numbers(100, 1)];
    const { ours, reference } = await onBoth(
      () => ops.evaluateAll(expressions, { a: tf.tensor1d(x) }, [100], noise)[which]!,
      () => evaluate(expressions[which]!, { a: tf.tensor1d(x) }, [100], noise),
    );
    expectClose(ours, reference, 1e-6);
  });

  test('more elements than one dimension of the dispatch takes', async () => {
    const n = 64 * 65_535 + 1000;
    await tf.setBackend('webgpu');
    const sum = tf.tidy(() => {
      const counted = evaluate(ops.add(a, 1), { a: tf.range(0, n) }, [n]);
      return tf.max(tf.abs(tf.sub(counted, tf.range(1, n + 1))));
    });
    expect(Array.from(await sum.data())).toEqual([0]);
    sum.dispose();
  });

  test('an input that does not broadcast, or of another type, is refused', async () => {
    await tf.setBackend('webgpu');
    expect(() => evaluate(a, { a: tf.ones([3]) }, [4])).toThrow('[3] does not broadcast to [4]');
    expect(() => evaluate(a, { a: tf.ones([2, 3]) }, [3])).toThrow('does not broadcast');
    expect(() => evaluate(a, { a: tf.ones([3], 'int32') }, [3])).toThrow('float32');
  });
});
