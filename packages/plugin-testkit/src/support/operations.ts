import * as ops from '@txsim/ops';
import { input, type Expression } from '@txsim/ops';

/** An expression of `a` (and `b`), and the numbers that `a` takes. */
export interface OperationCase {
  readonly expression: Expression;
  readonly low: number;
  readonly high: number;
}

const [a, b] = [input('a'), input('b')];
const over = (expression: Expression, low = -3, high = 3): OperationCase => ({ expression, low, high });

/** Every operation of the expression language, where it is defined. */
export const OPERATIONS: Readonly<Record<Exclude<Expression['op'], 'normal' | 'uniform'>, OperationCase>> = {
  constant: over(ops.add(a, ops.constant(0.1))),
  input: over(a),
  negate: over(ops.negate(a)),
  abs: over(ops.abs(a)),
  sqrt: over(ops.sqrt(a), 0, 9),
  exp: over(ops.exp(a), -20, 5),
  expm1: over(ops.expm1(a), -20, 5),
  log: over(ops.log(a), 1e-3, 100),
  floor: over(ops.floor(a)),
  // Steps of 1/8 from −4 to 4: halves are among them.
  round: over(ops.round(a), -4, 4),
  sign: over(ops.sign(a)),
  add: over(ops.add(a, b)),
  subtract: over(ops.subtract(a, b)),
  multiply: over(ops.multiply(a, b)),
  divide: over(ops.divide(a, b)),
  minimum: over(ops.minimum(a, b)),
  maximum: over(ops.maximum(a, b)),
  power: over(ops.power(a, b), 0.01, 9),
  less: over(ops.less(a, b)),
  select: over(ops.select(ops.less(a, b), a, ops.multiply(b, 2))),
};
