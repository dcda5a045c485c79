import * as tf from '@tensorflow/tfjs';
import {
  constant,
  evaluate,
  evaluateReference,
  input,
  inputNames,
  randomStream,
  type Expression,
} from '@txsim/ops';
import * as ops from '@txsim/ops';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { expectRelative, numbers, onBoth, runs } from './support.js';

beforeAll(activateWasm);

const EXACT = 0;
const TRANSCENDENTAL = 1e-6;
const noise = { streams: (name: string) => randomStream(1, name), draw: 3 };

type Arrays = Readonly<Record<string, { values: Float32Array; shape: readonly number[] }>>;

async function compare(expression: Expression, arrays: Arrays, shape: readonly number[]) {
  const compute = (): tf.Tensor => {
    const inputs = Object.fromEntries(
      Object.entries(arrays).map(([k, a]) => [k, tf.tensor(a.values, [...a.shape])]),
    );
    return tf.getBackend() === 'wasm'
      ? evaluate(expression, inputs, shape, noise)
      : evaluateReference(inputs, {
          expression,
          shape,
          keys: ops
            .noiseStreams(expression)
            .map((s) => ops.drawKey(noise.streams(s.stream), noise.draw, s.kind === 'normal' ? 1 : 0)),
        });
  };
  const { ours, reference, shapes } = await onBoth(compute);
  expect(shapes[0]).toEqual(shapes[1]);
  return { ours, reference };
}

async function expectParity(e: Expression, arrays: Arrays, shape: readonly number[], tolerance: number) {
  const { ours, reference } = await compare(e, arrays, shape);
  expectRelative(ours, reference, tolerance);
}

const vector = (values: Float32Array): Arrays[string] => ({ values, shape: [values.length] });
const [a, b] = [input('a'), input('b')];

/**
 * log₂ of the mantissa (≤ ½) has an error of three halves of a last place from the quotient and the polynomial, and
 * another from the product with y; the exponential has 1.1·10⁻⁷ and rounds twice.
 */
const powerTolerance = (y: number): number => 2.5e-7 + 1e-7 * Math.abs(y);

describe('power is within 2.5e-7 + 1e-7 |y| of tfjs over the whole range', () => {
  const positive = Float32Array.from([
    ...numbers(3000, 4, -80, 80).map(Math.exp),
    ...numbers(1000, 5, 0.5, 2),
    ...[0, 1, Infinity, 1e-40, 1e-45, 1.1754944e-38, 3.4e38, 0.70710677, 0.7071068, 0.99999994],
  ]);
  test.each([-0.7, 0.5, 1.3, 3, 30])('with the exponent %d', (exponent) =>
    expectParity(
      ops.power(a, exponent),
      { a: vector(positive) },
      [positive.length],
      powerTolerance(exponent),
    ),
  );

  test('with a tensor as exponent', () => {
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
    return expectParity(ops.power(a, b), { a: vector(x), b: vector(y) }, [x.length], powerTolerance(4));
  });
});

test('exp, expm1 and log of subnormal numbers, or with subnormal results, are within 1e-6 of tfjs', async () => {
  const small = Float32Array.from([...numbers(1000, 3, -104, -87), 1e-40, 1e-45, -1e-40]);
  for (const operation of [ops.exp, ops.expm1])
    await expectParity(operation(a), { a: vector(small) }, [small.length], TRANSCENDENTAL);
  await expectParity(ops.log(a), { a: vector(small.map(Math.abs)) }, [small.length], TRANSCENDENTAL);
});

/** Expressions of operations that round once, so that both sides must agree to the last bit. */
const exactTree = fc.letrec<{ tree: Expression }>((tie) => {
  const t = tie('tree');
  const unary = [ops.negate, ops.abs, ops.floor, ops.round, ops.sign];
  const binary = [ops.add, ops.subtract, ops.multiply, ops.minimum, ops.maximum, ops.less];
  const leaf = fc.oneof(fc.constantFrom<Expression>(a, b, input('c')), fc.float({ min: -4, max: 4, noNaN: true }).map(constant)); // prettier-ignore
  return {
    tree: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'tree' },
      leaf,
      fc.tuple(fc.constantFrom(...unary), t).map(([f, x]) => f(x)),
      fc.tuple(fc.constantFrom(...binary), t, t).map(([f, x, y]) => f(x, y)),
      fc.tuple(t, t).map(([x, y]) => ops.divide(x, ops.add(ops.abs(y), 0.5))),
      t.map((x) => ops.sqrt(ops.abs(x))),
      fc.tuple(t, t, t).map(([c, x, y]) => ops.select(c, x, y)),
    ),
  };
}).tree;

const use = (e: Expression, arrays: Arrays): Arrays =>
  Object.fromEntries(inputNames(e).map((n) => [n, arrays[n]!]));

test('random expressions give the same numbers as tfjs to the last bit', async () => {
  const arrays = {
    a: vector(numbers(23, 8, -3, 3)),
    b: vector(numbers(23, 9, -3, 3)),
    c: { values: numbers(1, 10), shape: [] },
  };
  await fc.assert(
    fc.asyncProperty(exactTree, (e) => expectParity(e, use(e, arrays), [23], EXACT)),
    runs(150),
  );
});

test('random expressions with exp, log and power are within 1e-6 of tfjs', async () => {
  const arrays = {
    a: vector(numbers(37, 11, -3, 3)),
    b: vector(numbers(37, 12, -3, 3)),
    c: vector(numbers(37, 13)),
  };
  const outer = [
    (x: Expression) => ops.exp(x),
    (x: Expression) => ops.power(ops.add(ops.abs(x), 0.1), 1.7),
    (x: Expression) => ops.log(ops.add(ops.abs(x), 2)),
    (x: Expression, y: Expression) => ops.power(ops.add(ops.abs(x), 0.5), ops.clamp(y, -2, 2)),
  ];
  await fc.assert(
    fc.asyncProperty(exactTree, exactTree, fc.constantFrom(...outer), async (x, y, f) => {
      const e = ops.multiply(f(ops.clamp(x, -20, 20), y), 3);
      await expectParity(e, use(e, arrays), [37], TRANSCENDENTAL);
    }),
    runs(150),
  );
});

const filled = (shape: readonly number[], seed: number): Arrays[string] => ({
  values: numbers(shape.reduce((x, y) => x * y, 1), seed),
  shape,
}); // prettier-ignore

test.each([
  [[6, 70], [[6, 1], [1, 70], [6, 70]]],
  [[3, 2, 5, 70], [[3, 1, 5, 1], [3, 2, 5, 70], [1, 2, 1, 70]]],
  [[3, 2, 5, 7], [[], [1, 2, 5, 7], [3, 1, 1, 1]]],
  [[2, 3, 4], [[2, 1, 1], [1], [4]]],
])('output %j takes inputs %j', (shape, shapes) => {
  const e = ops.subtract(ops.multiply(a, b), input('c'));
  const [sa, sb, sc] = shapes as number[][];
  return expectParity(e, { a: filled(sa!, 17), b: filled(sb!, 18), c: filled(sc!, 19) }, shape, EXACT);
}); // prettier-ignore

test('an input that does not broadcast is refused', async () => {
  await tf.setBackend('wasm');
  expect(() => evaluate(a, { a: tf.ones([3]) }, [4])).toThrow('[3] does not broadcast to [4]');
  expect(() => evaluate(a, { a: tf.ones([2, 3]) }, [3])).toThrow('does not broadcast');
});

test('an input of another type is refused', async () => {
  await tf.setBackend('wasm');
  expect(() => evaluate(a, { a: tf.ones([3], 'int32') }, [3])).toThrow('float32');
});

test('noise keeps its element in long rows that broadcast', () => {
  const e = ops.multiply(ops.add(a, ops.uniform('u')), b);
  return expectParity(
    e,
    { a: filled([3, 1, 5, 1], 22), b: filled([1, 2, 1, 900], 23) },
    [3, 2, 5, 900],
    EXACT,
  );
});
