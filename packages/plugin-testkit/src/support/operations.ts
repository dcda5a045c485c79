import * as ops from '@txsim/ops';
import { input, type Expression } from '@txsim/ops';
import { uniformNumbers } from './expressions.js';

const [a, b] = [input('a'), input('b')];

/** Operations whose results are those of real numbers, rounded once. */
type Rounded = Exclude<Expression['op'], 'normal' | 'uniform' | keyof typeof TRANSCENDENTAL | 'power'>;

/** An expression of `a`, and the numbers that `a` takes. */
export interface Curve {
  readonly expression: Expression;
  readonly values: readonly number[];
}

const exponents = [...uniformNumbers(3000, -87.3, 88.7, 3), 88.72, -87.4, -104, -1000, 1000, Infinity, -Infinity, 0, NaN]; // prettier-ignore
const tiny = uniformNumbers(1000, -16, 0, 9).map((e) => (e % 0.5 < -0.25 ? -1 : 1) * 10 ** e);
const positive = [
  ...uniformNumbers(3000, -80, 80, 4).map(Math.exp),
  ...uniformNumbers(1000, 0.5, 2, 5),
  ...[0, 1, Infinity, 1.1754944e-38, 3.4e38, 0.70710677, 0.7071068, 0.99999994],
];
const moderate = [...uniformNumbers(3000, -3, 3, 6).map(Math.exp), 0, 1];

/** What is a polynomial on most backends, over the whole range. */
export const TRANSCENDENTAL = {
  exp: { expression: ops.exp(a), values: exponents },
  expm1: { expression: ops.expm1(a), values: [...exponents, ...tiny] },
  log: { expression: ops.log(a), values: [...positive, -1, NaN] },
} as const satisfies Readonly<Record<string, Curve>>;

/** Powers, where their exponents do not multiply the error of a logarithm. */
export const POWERS: Readonly<Record<string, Curve>> = {
  'power −0.7': { expression: ops.power(a, -0.7), values: moderate },
  'power 0.5': { expression: ops.power(a, 0.5), values: positive },
  'power 1.3': { expression: ops.power(a, 1.3), values: moderate },
  'power of a tensor': { expression: ops.power(a, ops.multiply(a, 0.1)), values: moderate },
};

/** Every operation that rounds once, of `a` and `b`. */
const OPERATIONS: Readonly<Record<Rounded, Expression>> = {
  constant: ops.add(a, ops.constant(0.1)),
  input: a,
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
  minimum: ops.minimum(a, b),
  maximum: ops.maximum(a, b),
  less: ops.less(a, b),
  select: ops.select(ops.less(a, b), b, a),
};

/** Every operation that rounds once, and what compilers like to turn into others. */
export const ARITHMETIC: Readonly<Record<string, Expression>> = {
  ...OPERATIONS,
  'divide by a power of two': ops.divide(a, -0.25),
  'divide by another constant': ops.divide(a, 3),
  'select by a number': ops.select(ops.floor(a), b, a),
  clamp: ops.clamp(a, -1, 2),
  'power 0': ops.power(a, 0),
  'power 1': ops.power(a, 1),
  'power 2': ops.power(a, 2),
  'power −1': ops.power(b, -1),
  'infinite constants': ops.minimum(ops.maximum(a, -Infinity), Infinity),
  'small and large constants': ops.multiply(ops.multiply(a, 1e-30), 1e30),
};

/** Numbers of both signs, halves among them. */
export const OPERANDS = {
  a: [...uniformNumbers(1001, -20, 20, 1), 0, 0.5, 1.5, 2.5, -0.5, -1.5, 3, -3],
  b: [...uniformNumbers(1001, -20, 20, 2), 1, 0.5, 0.5, -2.5, 0.5, -1.5, 3, 3],
} as const;
