import type { ConductanceWindow } from '@txsim/core';
import { add, maximum, minimum, multiply, subtract, type Expression } from '@txsim/ops';

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

/** The sum of some expressions; 0 where there is none. */
export const total = (terms: readonly Expression[]): Expression =>
  terms.reduce<Expression>((a, b) => add(a, b), multiply(0, 0));
