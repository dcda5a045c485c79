import {
  add,
  clamp,
  constant,
  input,
  maximum,
  minimum,
  multiply,
  normal,
  select,
  subtract,
} from '@txsim/ops';
import type { Expression, Operand } from '@txsim/ops';
import { describe, expect, expectTypeOf, test } from 'vitest';

const g = input('g');

describe('builders', () => {
  test('a number stands for a constant', () => {
    expect(subtract(1, g)).toEqual({ op: 'subtract', a: { op: 'constant', value: 1 }, b: g });
    expect(select(1, 2, 3)).toEqual({ op: 'select', condition: constant(1), a: constant(2), b: constant(3) });
  });

  test.each([
    ['add', add],
    ['multiply', multiply],
    ['minimum', minimum],
    ['maximum', maximum],
  ] as const)('%s takes any number of operands, from left to right', (op, build) => {
    expect(build(g)).toBe(g);
    const h = input('h');
    expect(build(g, h, 2)).toEqual({ op, a: { op, a: g, b: h }, b: constant(2) });
  });

  test('multiply makes one factor of constants that follow each other', () => {
    expect(multiply(g, 3, -2)).toEqual(multiply(g, -6));
    expect(multiply(multiply(g, 0.5), input('h'), 4)).toEqual({
      op: 'multiply',
      a: { op: 'multiply', a: multiply(g, 0.5), b: input('h') },
      b: constant(4),
    });
  });

  test('clamp(a, low, high) is min(max(a, low), high)', () => {
    expect(clamp(g, 0, 1)).toEqual(minimum(maximum(g, 0), 1));
  });

  test('an expression is plain data: JSON keeps it', () => {
    const e = add(multiply(g, normal('write')), clamp(g, -1, 1));
    expect(JSON.parse(JSON.stringify(e))).toEqual(e);
  });
});

test('types: operands are expressions or numbers, results are expressions', () => {
  expectTypeOf(add).returns.toEqualTypeOf<Expression>();
  expectTypeOf<Operand>().toEqualTypeOf<Expression | number>();
  // @ts-expect-error a string is no operand
  expectTypeOf(add).toBeCallableWith('g');
});
