import { conductanceRange, type ConductanceWindow } from '@txsim/core';
import { add, divide, floor, maximum, multiply, type Expression } from '@txsim/ops';

/** How a weight is made of the digits of its slices. */
export interface Digits {
  readonly slices: number;
  /** Values of a digit: 2^cellBits. */
  readonly base: number;
  /** The largest magnitude. */
  readonly largest: number;
}

/** ⌊x / power⌋ for whole x. */
export const shifted = (x: Expression, power: number): Expression =>
  power === 1 ? x : floor(divide(x, power));

/** A signed digit on the plane of its sign, siemens. */
export const cell = (
  digit: Expression,
  plane: number,
  base: number,
  window: ConductanceWindow,
): Expression => {
  const own = maximum(multiply(digit, plane % 2 === 0 ? 1 : -1), 0);
  return add(multiply(own, conductanceRange(window) / (base - 1)), window.gMin);
};
