import * as tf from '@tensorflow/tfjs';
import * as ops from '@txsim/ops';
import {
  constant,
  evaluate,
  evaluateReference,
  input,
  inputNames,
  randomStream,
  type Expression,
} from '@txsim/ops';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose, expectRelative, largestError, numbers, onBoth, onWebgpu, runs } from './support.js';

/** WGSL allows 2.5 units in the last place for a division, and contracts a · b + c. */
const ARITHMETIC = 4e-7;
const TRANSCENDENTAL = 1e-6;
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

const plain = vector(Float32Array.from([...numbers(1001, 1, -20, 20), 0, 0.5, 1.5, 2.5, -0.5, -1.5, 3, -3]));
const other = vector(Float32Array.from([...numbers(1001, 2, -20, 20), 1, 0.5, 0.5, -2.5, 0.5, -1.5, 3, 3]));
const simple: Record<string, Expression> = {
  negate: ops.negate(a),
  abs: ops.abs(a),
  sqrt: ops.sqrt(ops.abs(a)),
  floor: ops.floor(a),
  round: ops.round(a),
  sign: ops.sign(a),
  add: ops.add(a, b),
  subtract: ops.subtract(a, b),
  multiply: ops.multiply(a, b),
  divide: ops.divide(a, b),
  'divide by a power of two': ops.divide(a, -0.25),
  'divide by another constant': ops.divide(a, 3),
  minimum: ops.minimum(a, b),
  maximum: ops.maximum(a, b),
  less: ops.less(a, b),
  select: ops.select(ops.less(a, b), b, a),
  'select by a number': ops.select(ops.floor(a), b, a),
  clamp: ops.clamp(a, -1, 2),
  'power 0': ops.power(a, 0),
  'power 1': ops.power(a, 1),
  'power 2': ops.power(a, 2),
  'power 3': ops.power(a, 3),
  'power −1': ops.power(b, -1),
  'infinite constants': ops.minimum(ops.maximum(a, -Infinity), Infinity),
  'small and large constants': ops.multiply(ops.multiply(a, 1e-30), 1e30),
};

const positive = Float32Array.from([
  ...numbers(3000, 4, -80, 80).map(Math.exp),
  ...numbers(1000, 5, 0.5, 2),
  ...[0, 1, Infinity, 1.1754944e-38, 3.4e38, 0.70710677, 0.7071068, 0.99999994],
]);
const exponents = Float32Array.from([
  ...numbers(3000, 3, -87, 88.7),
  -104,
  -1000,
  1000,
  Infinity,
  -Infinity,
  0,
  NaN,
]);
const moderate = Float32Array.from([...numbers(3000, 6, -3, 3).map(Math.exp), 0, 1]);
const transcendental: Record<string, [Expression, Float32Array]> = {
  exp: [ops.exp(a), exponents],
  expm1: [ops.expm1(a), exponents],
  log: [ops.log(a), Float32Array.from([...positive, -1, NaN])],
  'power −0.7': [ops.power(a, -0.7), moderate],
  'power 0.5': [ops.power(a, 0.5), positive],
  'power 1.3': [ops.power(a, 1.3), moderate],
};

/** Expressions of arithmetic, without what jumps. */
const tree = fc.letrec<{ tree: Expression }>((tie) => {
  const t = tie('tree');
  const constants = fc.float({ min: -4, max: 4, noNaN: true }).map(constant);
  return {
    tree: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'tree' },
      fc.oneof(fc.constantFrom<Expression>(a, b, input('c')), constants),
      fc.tuple(fc.constantFrom(ops.negate, ops.abs), t).map(([f, x]) => f(x)),
      fc.tuple(fc.constantFrom(ops.add, ops.subtract, ops.multiply, ops.minimum, ops.maximum), t, t).map(([f, x, y]) => f(x, y)),
      fc.tuple(t, t).map(([x, y]) => ops.divide(x, ops.add(ops.abs(y), 0.5))),
      fc.tuple(t, t).map(([x, y]) => ops.select(ops.less(a, b), x, y)),
      t.map((x) => ops.exp(ops.clamp(x, -2, 2))),
      t.map((x) => ops.power(ops.add(ops.abs(x), 0.1), 1.7)),
    ),
  };
}).tree; // prettier-ignore

const use = (e: Expression, arrays: Arrays): Arrays =>
  Object.fromEntries(inputNames(e).map((n) => [n, arrays[n]!]));

/** A shape, and for each of three inputs which dimensions it lacks. */
const broadcast = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 5 }).chain((shape) => {
  const ones = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });
  const part = fc.tuple(ones, fc.nat(4)).map(([one, drop]) => {
    const kept = shape.map((size, d) => (one[d] ? 1 : size));
    return drop === 4 ? kept.slice(1) : kept;
  });
  return fc.tuple(fc.constant(shape), part, part, part);
});

onWebgpu('evaluate', () => {
  test.each(Object.keys(simple))('%s gives the numbers of tfjs', (name) =>
    expectParity(simple[name]!, { a: plain, b: other }, [1009], ARITHMETIC),
  );

  test.each(Object.keys(transcendental))('%s is within 1e-6 of tfjs', (name) => {
    const [e, values] = transcendental[name]!;
    return expectParity(e, { a: vector(values) }, [values.length], TRANSCENDENTAL);
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

  test('random expressions are those of tfjs', async () => {
    const arrays = { a: vector(numbers(23, 8, -3, 3)), b: vector(numbers(23, 9, -3, 3)), c: filled([], 10) };
    await fc.assert(
      fc.asyncProperty(tree, async (e) => {
        const { ours, reference } = await compare(e, use(e, arrays), [23]);
        expectClose(ours, reference, 1e-5);
      }),
      runs(40),
    );
  });

  test('inputs broadcast as in tfjs, and noise keeps its element', async () => {
    const e = ops.add(ops.multiply(ops.add(a, ops.uniform('u')), b), input('c'));
    await fc.assert(
      fc.asyncProperty(broadcast, async ([shape, sa, sb, sc]) => {
        const { ours, reference } = await compare(
          e,
          { a: filled(sa, 14), b: filled(sb, 15), c: filled(sc, 16) },
          shape,
        );
        expectClose(ours, reference, 1e-6);
      }),
      runs(60),
    );
  });

  test('more inputs than a program has buffers', async () => {
    const names = Array.from({ length: 20 }, (_, k) => `x${k}`);
    const shapes = names.map((_, k) => [[6, 5, 70], [70], [5, 1], [], [6, 1, 70]][k % 5]!);
    const e = names.map((name, k) => ops.multiply(input(name), k + 1)).reduce((x, y) => ops.add(x, y));
    const arrays = Object.fromEntries(names.map((name, k) => [name, filled(shapes[k]!, k + 1)]));
    const { ours, reference } = await compare(e, arrays, [6, 5, 70]);
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

  test('an empty output has no elements', async () => {
    await tf.setBackend('webgpu');
    const out = evaluate(ops.add(a, 1), { a: tf.zeros([0, 3]) }, [0, 3]);
    expect(out.shape).toEqual([0, 3]);
    expect(await out.data()).toHaveLength(0);
  });

  describe('noise', () => {
    const shapes = [[5], [3, 7], [9001], [2, 4099], [3, 2, 5, 70], [130, 33]];

    test.each(shapes.map((s) => [s]))('uniform noise of shape %j is the reference to the last bit', (shape) =>
      expectParity(ops.uniform('u'), {}, shape, 0),
    );

    test.each(shapes.map((s) => [s]))(
      'normal noise of shape %j is within 2e-6 of the reference',
      async (shape) => {
        const { ours, reference } = await compare(ops.normal('n'), {}, shape);
        expect(largestError(ours, reference)).toBeLessThan(2e-6);
      },
    );

    test('one stream drawn in both kinds, and twice in one kind', async () => {
      const e = ops.add(ops.uniform('s'), ops.multiply(ops.normal('s'), 0), ops.uniform('s'));
      await expectParity(e, {}, [100], 0);
    });
  });
});
