import {
  abs,
  add,
  constant,
  divide,
  evaluateReference,
  exp,
  folded,
  input,
  isSame,
  less,
  maximum,
  minimum,
  multiply,
  normal,
  numberOf,
  postorder,
  select,
  simplify,
  sqrt,
  subtract,
  type Expression,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';

beforeAll(() => tf.setBackend('cpu'));

const [g, h] = [input('g'), input('h')];

test.each([
  ['constants are folded in float32', add(0.1, multiply(3, 0.2)), constant(Math.fround(Math.fround(0.1) + Math.fround(Math.fround(0.2) * 3)))],
  ['nothing times anything is nothing', multiply(sqrt(multiply(g, 0)), normal('n')), constant(0)],
  ['0 is not added', add(subtract(g, 0), multiply(0, h)), g],
  ['factors and divisors of 1 go', divide(multiply(1, g, 1), 1), g],
  ['a difference of equals is nothing', multiply(subtract(exp(g), exp(g)), h), constant(0)],
  ['a limit beyond another is the only one', add(maximum(minimum(g, 0), 0), minimum(1, maximum(2, h))), constant(1)],
  ['limits with room between them stay', minimum(maximum(g, 0), 1), minimum(maximum(g, 0), 1)],
  ['a choice that is made is made', select(less(0, multiply(g, 0)), g, h), h],
  ['a choice between equals is none', select(less(g, h), exp(add(g, 0)), exp(g)), exp(g)],
])('%s', (_, e, expected) => expect(simplify(e)).toEqual(expected)); // prettier-ignore

test('what may stand in the place of a node does, and what is made of it is simplified', () => {
  const clipped = minimum(maximum(g, 1), 2);
  const unclipped = (e: Expression): Expression => (isSame(e, clipped) ? g : e);
  expect(simplify(add(multiply(h, 0), minimum(maximum(g, 1), 2)), { rewrite: unclipped })).toBe(g);
});

test('what is folded is known in double precision', () => {
  expect(folded(exp(subtract(1, divide(1, 3))))).toEqual(constant(Math.exp(1 - 1 / 3)));
  expect(folded(add(g, abs(constant(-0.1))))).toEqual(add(g, 0.1));
  for (const e of [subtract(0, g), divide(1, g)]) expect(folded(e)).toEqual(e);
});

test('shared nodes stay shared', () => {
  const shared = multiply(add(g, normal('x')), subtract(3, 1));
  const e = add(multiply(shared, shared), divide(4, add(1, 1)));
  expect(numberOf(folded(e))({ g: 1.5 })).toBe(numberOf(e)({ g: 1.5 }));
  expect(postorder(folded(e))).toHaveLength(postorder(e).length - 6);
});

test('alike are the same operations of the same leaves, in their order', () => {
  expect(isSame(add(g, normal('n')), add(input('g'), normal('n')))).toBe(true);
  const others = [add(h, normal('n')), add(g, normal('m')), add(normal('n'), g), subtract(g, normal('n')), add(g, 1)];
  for (const other of others) expect(isSame(add(g, normal('n')), other)).toBe(false);
  expect(isSame(constant(1), constant(2))).toBe(false);
}); // prettier-ignore

const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<Expression>(g, h, constant(0), constant(1), constant(0.3)),
    fc.tuple(fc.constantFrom(add, subtract, multiply, minimum, maximum, less), tie('tree'), tie('tree')).map(([op, a, b]) => op(a, b)),
    fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([c, a, b]) => select(c, a, b)),
    tie('tree').map((a) => sqrt(maximum(a, 0))),
  ),
})); // prettier-ignore

test('the value is the same to the bit', () =>
  fc.assert(
    fc.property(tree, (e) => {
      const value = (expression: Expression): Float32Array =>
        tf.tidy(() => {
          const inputs = { g: tf.tensor1d([0.7, -1.3, 0, 2e-3]), h: tf.tensor1d([-0.1, 0, 5, 1]) };
          const shape = [4];
          return evaluateReference(inputs, { expression, shape, keys: [] }).dataSync<'float32'>();
        });
      const [simple, whole] = [value(simplify(e)), value(e)];
      // −0 and 0 are one number.
      whole.forEach((v, i) => expect(simple[i]! === v).toBe(true));
    }),
    { numRuns: 300, seed: 1 },
  ));
