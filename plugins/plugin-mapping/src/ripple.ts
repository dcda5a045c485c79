import { conductanceRange, type ConductanceWindow } from '@txsim/core';
import { abs, add, clamp, divide, less, minimum, multiply, round, select, sign, subtract, type Expression } from '@txsim/ops'; // prettier-ignore
import { cell, shifted, type Digits } from './digits.js';
import { total } from './pair.js';

/** The most bits of a whole number that a sum in float32 is trusted with. */
const TRUSTED = 22;

/** What a pair of devices may be off by from float32 alone, as a fraction of gMax: four roundings each, and some more. */
const UNSEEN = 2 ** -20;

/** Some slices, and the number that they are to hold, in units of their lowest. */
interface Part {
  readonly first: number;
  readonly slices: number;
  readonly number: Expression;
}

/**
 * The number that all slices hold, plus the change. Digits above the lowest are the nearest ones, so that the rest lies
 * within the lowest slice, which keeps fractions of it.
 */
export function rippled(
  plane: number,
  change: Expression,
  planes: readonly Expression[],
  digits: Digits,
  window: ConductanceWindow,
): Expression {
  const { base, slices, largest } = digits;
  const perSiemens = (base - 1) / conductanceRange(window);
  const held = Array.from({ length: slices }, (_, s) => subtract(planes[2 * s]!, planes[2 * s + 1]!));
  const asked = multiply(change, largest);
  const few = largest < 2 ** TRUSTED;
  const parts = few
    ? [inOne(held, asked, perSiemens, digits)]
    : inTwo(held, asked, perSiemens, digits, UNSEEN * window.gMax * perSiemens);
  const slice = plane >> 1;
  const part = parts.find(({ first }) => slice >= first)!;
  const next = cell(digitOf(part, slice - part.first, base), plane, base, window);
  return select(less(0, abs(change)), subtract(next, planes[plane]!), 0);
}

function inOne(
  held: readonly Expression[],
  change: Expression,
  perSiemens: number,
  { slices, base, largest }: Digits,
): Part {
  const value = total(held.map((g, s) => multiply(g, perSiemens * base ** s)));
  return { first: 0, slices, number: clamp(add(value, change), -largest, largest) };
}

/**
 * Whole digits are added up by halves, each within what float32 holds; the change, and what devices are off by, is
 * split between them. The lower half then carries to the upper one, to the nearest, so that each has a sign of its own.
 *
 * @param held siemens
 * @param unseen how far float32 alone puts a whole digit off
 */
function inTwo(
  held: readonly Expression[],
  change: Expression,
  perSiemens: number,
  { slices, base }: Digits,
  unseen: number,
): Part[] {
  const low = slices >> 1;
  const unit = base ** low;
  const [largestLow, largestHigh] = [unit - 1, base ** (slices - low) - 1];
  const digits = held.map((g) => multiply(g, perSiemens));
  const whole = digits.map((digit) => round(digit));
  const off = digits.map((digit, s) => {
    const rest = subtract(digit, whole[s]!);
    return multiply(select(less(abs(rest), unseen), 0, rest), base ** s);
  });
  const sumOf = (some: readonly Expression[]): Expression =>
    total(some.map((digit, s) => multiply(digit, base ** s)));
  const more = add(change, total(off));
  const upperMore = round(divide(more, unit));
  const lower = add(sumOf(whole.slice(0, low)), subtract(more, multiply(upperMore, unit)));
  const carry = round(divide(lower, unit));
  const upper = add(add(sumOf(whole.slice(low)), upperMore), carry);
  const bounded = clamp(upper, -largestHigh, largestHigh);
  // Of a number that is too large, the upper half is full, and the lower one, too.
  const left = add(subtract(lower, multiply(carry, unit)), multiply(subtract(upper, bounded), unit));
  return [
    { first: low, slices: slices - low, number: bounded },
    { first: 0, slices: low, number: clamp(left, -largestLow, largestLow) },
  ];
}

/** Digit s of a number, with its sign. */
function digitOf({ number, slices }: Part, s: number, base: number): Expression {
  const magnitude = abs(number);
  const upper = minimum(round(divide(magnitude, base)), base ** (slices - 1) - 1);
  const digit =
    s === 0
      ? subtract(magnitude, multiply(upper, base))
      : subtract(shifted(upper, base ** (s - 1)), multiply(shifted(upper, base ** s), base));
  return multiply(sign(number), digit);
}
