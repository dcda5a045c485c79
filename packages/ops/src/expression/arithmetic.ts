import type { BinaryOperation, UnaryOperation } from './expression.js';

/** The operations of expressions on numbers, in double precision. */
export const UNARY_ARITHMETIC: Readonly<Record<UnaryOperation, (a: number) => number>> = {
  negate: (a) => -a,
  abs: Math.abs,
  sqrt: Math.sqrt,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  floor: Math.floor,
  round: halfToEven,
  sign: (a) => (a > 0 ? 1 : a < 0 ? -1 : 0),
};

/** The same of two numbers. */
export const BINARY_ARITHMETIC: Readonly<Record<BinaryOperation, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  minimum: (a, b) => Math.min(a, b),
  maximum: (a, b) => Math.max(a, b),
  power: Math.pow,
  less: (a, b) => (a < b ? 1 : 0),
};

function halfToEven(a: number): number {
  const down = Math.floor(a);
  if (a - down !== 0.5) return Math.round(a);
  return down % 2 === 0 ? down : down + 1;
}
