import {
  abs,
  add,
  constant,
  divide,
  exp,
  folded,
  input,
  less,
  multiply,
  normal,
  numberOf,
  postorder,
  select,
  subtract,
  type Expression,
} from '@txsim/ops';
import { expect, test } from 'vitest';

const g = input('g');

test('operations of constants are their result in double precision', () => {
  expect(folded(exp(subtract(1, divide(1, 3))))).toEqual(constant(Math.exp(1 - 1 / 3)));
  expect(folded(add(g, abs(constant(-0.1))))).toEqual(add(g, 0.1));
});

test('what an operation leaves as it is needs none', () => {
  const same: Expression[] = [add(g, 0), add(0, g), subtract(g, 0), multiply(g, 1), multiply(1, g), divide(g, 1)]; // prettier-ignore
  for (const e of same) expect(folded(e)).toEqual(g);
  for (const e of [subtract(0, g), divide(1, g), multiply(g, 0)]) expect(folded(e)).toEqual(e);
});

test('a known condition chooses its branch', () => {
  expect(folded(select(less(0, 1), g, exp(g)))).toBe(g);
  expect(folded(select(less(1, 0), g, exp(g)))).toEqual(exp(g));
});

test('the value is the same, and shared nodes stay shared', () => {
  const shared = multiply(add(g, normal('x')), subtract(3, 1));
  const e = add(multiply(shared, shared), divide(4, add(1, 1)));
  expect(numberOf(folded(e))({ g: 1.5 })).toBe(numberOf(e)({ g: 1.5 }));
  expect(postorder(folded(e))).toHaveLength(postorder(e).length - 6);
});
