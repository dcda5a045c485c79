import { add, input, multiply, planeName, type Expression } from '@txsim/ops';
import type { Readout } from '@txsim/core';
import type { ArrayModel } from './array-model.js';
import { applyEffects, type Trace } from './effects.js';
import { ofPlane } from './planes.js';

/** Seconds since the devices were written, in expressions. */
export const TIME = 'time';

/**
 * conduct: the state of a plane's devices → what is left of it after a time → the conductances that the circuit sees;
 * undefined where nothing acts.
 *
 * @param aged whether time has passed, so that the retain stage acts
 */
export function conductExpression(
  { device, nonIdealities }: ArrayModel,
  plane: number,
  aged: boolean,
  trace?: Trace,
): Expression | undefined {
  const window = device.product;
  const state = input(planeName(plane));
  const kept = aged
    ? applyEffects('retain', nonIdealities, state, { time: input(TIME) }, (effect, value, site) =>
        effect.apply(value, { window, ...site }),
      )
    : state;
  const seen = applyEffects(
    'conduct',
    nonIdealities,
    kept,
    {},
    (effect, value) => effect.apply(value, { window }),
    trace,
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

/** The sum of the variances of what a readout adds. @param variance of one device, by its conductance */
export const readoutVariance = (readout: Readout, variance: (g: Expression) => Expression): Expression =>
  weightedSum(readout, variance, (weight) => weight * weight);

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
