import {
  abs,
  add,
  constant,
  divide,
  exp,
  input,
  less,
  multiply,
  select,
  sign,
  subtract,
  type Expression,
} from '@txsim/ops';
import { unaryKernel } from './unary.js';

/** Polynomial from Cephes (S. Moshier, tanhf) for |x| < 0.625, where 1 − 2/(e²ˣ + 1) would cancel. */
const SMALL = [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1];

const x = input('x');
const square = multiply(x, x);
const polynomial = SMALL.slice(1).reduce<Expression>(
  (sum, c) => add(multiply(sum, square), c),
  constant(SMALL[0]!),
);
const near = multiply(x, add(multiply(polynomial, square), 1));
const far = multiply(sign(x), subtract(1, divide(2, add(exp(multiply(abs(x), 2)), 1))));

/** tf.tanh within 10⁻⁶ relative. */
export const tanh = unaryKernel('Tanh', select(less(abs(x), 0.625), near, far));
