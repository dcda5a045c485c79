import * as ops from '@txsim/ops';
import { constant, evaluate, input, normal, randomStream, uniform, type Expression } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { distance, uniforms } from '../support/numbers.js';

beforeAll(() => tf.setBackend('cpu'));

const COUNT = 64;
const a = uniforms('a', COUNT, -4, 4);
const b = uniforms('b', COUNT, -4, 4);
const positive = uniforms('positive', COUNT, 0.1, 4);

const run = (e: Expression, inputs: Record<string, ArrayLike<number>>, noise?: ops.Draw): Float32Array => {
  const tensors = Object.fromEntries(Object.entries(inputs).map(([k, v]) => [k, tf.tensor1d(Array.from(v))]));
  return evaluate(e, tensors, [COUNT], noise).dataSync() as Float32Array;
};

/** The nearest integer, halves to the even one. */
const roundHalfEven = (x: number): number =>
  Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x);

describe('every operation is the one of Math', () => {
  const [A, B] = [input('a'), input('b')];
  test.each<[string, (a: number, b: number) => number, Expression]>([
    ['negate', (x) => -x, ops.negate(A)],
    ['abs', Math.abs, ops.abs(A)],
    ['exp', Math.exp, ops.exp(A)],
    ['expm1', Math.expm1, ops.expm1(A)],
    ['floor', Math.floor, ops.floor(A)],
    ['round', roundHalfEven, ops.round(A)],
    ['sign', Math.sign, ops.sign(A)],
    ['add', (x, y) => x + y, ops.add(A, B)],
    ['subtract', (x, y) => x - y, ops.subtract(A, B)],
    ['multiply', (x, y) => x * y, ops.multiply(A, B)],
    ['divide', (x, y) => x / y, ops.divide(A, B)],
    ['minimum', Math.min, ops.minimum(A, B)],
    ['maximum', Math.max, ops.maximum(A, B)],
    ['less', (x, y) => (x < y ? 1 : 0), ops.less(A, B)],
    ['select', (x, y) => (x < y ? x : -y), ops.select(ops.less(A, B), A, ops.negate(B))],
    ['clamp', (x) => Math.min(Math.max(x, -1), 2), ops.clamp(A, -1, 2)],
  ])('%s', (_, truth, expression) => {
    const got = run(expression, { a, b });
    expect(distance(got, a.map((x, i) => truth(x, b[i]!)))).toBeLessThan(1e-6); // prettier-ignore
  });

  test.each<[string, (a: number, b: number) => number, Expression]>([
    ['sqrt', Math.sqrt, ops.sqrt(A)],
    ['log', Math.log, ops.log(A)],
    ['power', Math.pow, ops.power(A, B)],
  ])('%s, of positive numbers', (_, truth, expression) => {
    const got = run(expression, { a: positive, b });
    expect(distance(got, positive.map((x, i) => truth(x, b[i]!)))).toBeLessThan(1e-6); // prettier-ignore
  });

  test.each([
    ['round', ops.round, [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5], [-2, -2, 0, 0, 2, 2, 4]],
    ['floor', ops.floor, [-1.5, -1, -0, 0.5, 1], [-2, -1, 0, 0, 1]],
    ['sign', ops.sign, [-3, 0, 2], [-1, 0, 1]],
    ['less', (x: Expression) => ops.less(x, 1), [0, 1, 2], [1, 0, 0]],
    ['power', (x: Expression) => ops.power(x, 0), [0, 1, 2], [1, 1, 1]],
  ] as const)('%s at its edges', (_, build, given, wanted) => {
    const got = evaluate(build(input('a')), { a: tf.tensor1d([...given]) }, [given.length]);
    // 0 and −0 are the same number.
    expect(Array.from(got.dataSync(), (v) => v + 0)).toEqual([...wanted]);
  });
});

describe('shapes', () => {
  const row = tf.tensor([10, 20, 30], [1, 3]);
  const column = tf.tensor([1, 2], [2, 1]);

  test('inputs broadcast to the shape as in tfjs', () => {
    const sum = evaluate(ops.add(input('row'), input('column')), { row, column }, [2, 3]);
    expect(sum.arraySync()).toEqual([
      [11, 21, 31],
      [12, 22, 32],
    ]);
  });

  test('what is smaller than the shape is repeated, a constant too', () => {
    expect(evaluate(input('row'), { row }, [2, 3]).arraySync()).toEqual([
      [10, 20, 30],
      [10, 20, 30],
    ]);
    expect(evaluate(constant(7), {}, [2, 2]).arraySync()).toEqual([
      [7, 7],
      [7, 7],
    ]);
  });

  test('the result is a tensor of its own, also where it equals an input', () => {
    const x = tf.tensor1d([1, 2]);
    const y = evaluate(input('x'), { x }, [2]);
    y.dispose();
    expect(x.isDisposed).toBe(false);
  });

  test('nothing but the result is left in memory', () => {
    const before = tf.memory().numTensors;
    const noise = { streams: (name: string) => randomStream(1, name), draw: 0 };
    evaluate(ops.add(ops.multiply(normal('n'), input('row')), 1), { row }, [4, 3], noise).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('noise', () => {
  const noise = (draw: number): ops.Draw => ({ streams: (name) => randomStream(5, name), draw });

  test('draws of one stream in one evaluation are the same number', () => {
    expect(run(ops.subtract(normal('n'), normal('n')), {}, noise(0)).every((v) => v === 0)).toBe(true);
  });

  test('other streams, other kinds and other draws are other numbers', () => {
    const seen = [
      run(normal('n'), {}, noise(0)),
      run(normal('m'), {}, noise(0)),
      run(uniform('n'), {}, noise(0)),
      run(normal('n'), {}, noise(1)),
    ].map((values) => values[0]);
    expect(new Set(seen).size).toBe(4);
  });

  test('element i is the i-th number of the stream, row by row', () => {
    const expected = new Float32Array(COUNT);
    ops.fillNormal(randomStream(5, 'n'), 3, 0, expected);
    const got = evaluate(normal('n'), {}, [4, 2, COUNT / 8], noise(3));
    expect(Array.from(got.dataSync())).toEqual(Array.from(expected));
  });
});

describe('what is missing is named', () => {
  test('an input', () => {
    const expression = ops.add(input('g'), input('request'));
    expect(() => evaluate(expression, { g: tf.scalar(1) }, [1])).toThrow(
      'the expression needs the input "request"; given: g',
    );
  });

  test('the noise', () => {
    expect(() => evaluate(normal('write'), {}, [1])).toThrow(
      'the expression draws noise ("write") and got none',
    );
  });
});
