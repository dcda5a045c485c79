import type { BinaryOperation, UnaryOperation } from '@txsim/ops';

/** The operations of expressions on numbers. */
export const BINARY: Readonly<Record<BinaryOperation, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  minimum: (a, b) => Math.min(a, b),
  maximum: (a, b) => Math.max(a, b),
  power: (a, b) => a ** b,
  less: (a, b) => (a < b ? 1 : 0),
};

/** The same of one number. */
export const UNARY: Readonly<Record<UnaryOperation, (a: number) => number>> = {
  negate: (a) => -a,
  abs: Math.abs,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  floor: Math.floor,
  round: halfToEven,
  sign: Math.sign,
};

function halfToEven(a: number): number {
  const rounded = Math.round(a);
  return Math.abs(a % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
