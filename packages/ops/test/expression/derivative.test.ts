import { describe, expect, test } from 'vitest';
import {
  abs,
  add,
  derivative,
  divide,
  exp,
  expm1,
  floor,
  input,
  less,
  log,
  maximum,
  minimum,
  multiply,
  negate,
  numberOf,
  power,
  round,
  select,
  sign,
  sqrt,
  subtract,
  type Expression,
} from '../../src/index.js';

const [x, y] = [input('x'), input('y')];
const POINT = { x: 0.7, y: 1.3 };

describe('a derivative is the limit of differences', () => {
  test.each<[string, Expression]>([
    ['−x', negate(x)],
    ['|−x|', abs(negate(x))],
    ['√x', sqrt(x)],
    ['eˣ', exp(multiply(x, 2))],
    ['eˣ − 1', expm1(multiply(x, -3))],
    ['ln x', log(x)],
    ['x + y x', add(x, multiply(y, x))],
    ['y − x²', subtract(y, multiply(x, x))],
    ['x/y', divide(x, y)],
    ['y/x', divide(y, multiply(x, x))],
    ['xʸ', power(x, y)],
    ['yˣ', power(y, x)],
    ['min', minimum(multiply(x, x), y)],
    ['max', maximum(multiply(x, x), y)],
    ['select', select(less(x, y), multiply(x, x, x), y)],
    ['of shared nodes', multiply(exp(x), add(exp(x), 1))],
  ])('%s', (_, e) => {
    const [f, slope] = [numberOf(e), numberOf(derivative(e, 'x'))];
    const h = 1e-5;
    const difference = (f({ ...POINT, x: POINT.x + h }) - f({ ...POINT, x: POINT.x - h })) / (2 * h);
    expect(Math.abs(slope(POINT) - difference)).toBeLessThan(1e-8);
  });
});

test.each([floor(x), round(x), sign(x), less(x, y), y])('steps and other inputs have none', (e) => {
  expect(derivative(e, 'x')).toEqual({ op: 'constant', value: 0 });
});
