import { add, input, multiply, type Expression, planeName } from '@txsim/ops';
import type { Readout } from '@txsim/core';
import type { ArrayModel } from './array-model.js';
import { applyEffects } from './effects.js';
import { ofPlane } from './planes.js';

/** conduct: the state of a plane's devices → the conductances that the circuit sees; undefined where nothing acts. */
export function conductExpression(
  { device, nonIdealities }: ArrayModel,
  plane: number,
): Expression | undefined {
  const window = device.product;
  const state = input(planeName(plane));
  const seen = applyEffects('conduct', nonIdealities, state, {}, (effect, value) =>
    effect.apply(value, { window }),
  );
  return seen === state ? undefined : ofPlane(seen, plane);
}

/** The conductances behind one ADC: the sum of planes with the readout's weights. */
export const readoutExpression = (readout: Readout): Expression =>
  weightedSum(
    readout,
    (g) => g,
    (weight) => weight,
  );

/** The sum of squares of what a readout adds, for noise that is proportional to each device's current. */
export const readoutSquares = (readout: Readout): Expression =>
  weightedSum(
    readout,
    (g) => multiply(g, g),
    (weight) => weight * weight,
  );

function weightedSum(
  { planes }: Readout,
  of: (g: Expression) => Expression,
  weigh: (weight: number) => number,
): Expression {
  const terms = planes.flatMap((weight, p) =>
    weight === 0
      ? []
      : [weight === 1 ? of(input(planeName(p))) : multiply(of(input(planeName(p))), weigh(weight))],
  );
  return terms.reduce((a, b) => add(a, b));
}
