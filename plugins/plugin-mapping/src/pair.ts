import type { ConductanceWindow, DevicePulse } from '@txsim/core';
import { add, less, maximum, minimum, multiply, select, subtract, type Expression } from '@txsim/ops';

/** The parts of some devices that can be taken away, or added, siemens. */
export const held = (g: Expression, { gMin }: ConductanceWindow): Expression => maximum(subtract(g, gMin), 0);
export const room = (g: Expression, { gMax }: ConductanceWindow): Expression => maximum(subtract(gMax, g), 0);

/**
 * What a device adds when `wanted` (siemens, ≥ 0) is filled into devices one after the other.
 *
 * @param before rooms of those that are filled first
 */
export function filled(wanted: Expression, own: Expression, before: readonly Expression[]): Expression {
  const left = before.reduce<Expression>((rest, space) => subtract(rest, space), wanted);
  return minimum(maximum(left, 0), own);
}

/**
 * The pulse of a weight that lies on devices of two signs of which those of one sign rest at gMin: the last device of the
 * other sign that holds more than half a step gives back (one with soft bounds never comes down to gMin itself); where
 * there is none, the first one of the own sign that has room for half a step rises, or the last one.
 *
 * @param planes the devices of positive sign, then as many of negative sign, each in the order in which they are filled
 * @param step the mean change of conductance by one pulse, siemens
 */
export function pulseInTurn(
  up: Expression,
  planes: readonly Expression[],
  { gMin, gMax }: ConductanceWindow,
  step: number,
): readonly DevicePulse[] {
  const n = planes.length / 2;
  const down = subtract(1, up);
  const [positive, negative] = [planes.slice(0, n), planes.slice(n)];
  const holds = positive.map((plus, k) => less(gMin + step / 2, select(up, negative[k]!, plus)));
  const hasRoom = negative.map((minus, k) => less(select(up, positive[k]!, minus), gMax - step / 2));
  /** Plane k of the sign that begins at 0 or, where the condition is 1, at n. */
  const plane = (isNegative: Expression, k: number): Expression =>
    k === 0 ? multiply(isNegative, n) : add(multiply(isNegative, n), k);
  let goal = plane(down, n - 1);
  for (let k = n - 2; k >= 0; k--) goal = select(hasRoom[k]!, plane(down, k), goal);
  holds.forEach((held, k) => (goal = select(held, plane(up, k), goal)));
  const takesBack = holds.reduce((any, held) => maximum(any, held));
  return [{ plane: goal, up: subtract(1, takesBack) }];
}

/** The sum of some expressions; 0 where there is none. */
export const total = (terms: readonly Expression[]): Expression =>
  terms.reduce<Expression>((a, b) => add(a, b), multiply(0, 0));
