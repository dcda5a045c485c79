import type { BinaryOperation, UnaryOperation } from '@txsim/ops';

/** Halves to the even neighbour. */
function roundToEven(a: number): number {
  const down = Math.floor(a);
  if (a - down !== 0.5) return Math.round(a);
  return down % 2 === 0 ? down : down + 1;
}

/** The operations on numbers, for what is constant when an expression is compiled. */
export const foldUnary: Record<UnaryOperation, (a: number) => number> = {
  negate: (a) => -a,
  abs: Math.abs,
  sqrt: Math.sqrt,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  floor: Math.floor,
  round: roundToEven,
  sign: (a) => (a > 0 ? 1 : a < 0 ? -1 : 0),
};

export const foldBinary: Record<BinaryOperation, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  minimum: Math.min,
  maximum: Math.max,
  power: Math.pow,
  less: (a, b) => (a < b ? 1 : 0),
};
