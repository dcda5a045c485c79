import { conductanceRange, deviceModel, type DeviceModel } from '@txsim/core';
import {
  abs,
  add,
  constant,
  divide,
  exp,
  less,
  multiply,
  negate,
  select,
  sqrt,
  subtract,
  type Expression,
} from '@txsim/ops';
import { z } from 'zod';
import { deviation } from './draw-once.js';
import { curveOfLabel, LARGEST_LABEL } from './neurosim-label.js';
import { pulseStepOf } from './pulsed-step.js';
import { windowFields, windowIsOpen } from './window-fields.js';

/** Curves straighter than this, in pulses, are straight lines to within float32. */
const STRAIGHT = 1e5;

const states = (what: string) =>
  z.number().min(2).max(1e6).default(97).describe(`pulses of ${what} from end to end of the window, count`);
const label = (what: string, standard: number) =>
  z
    .number()
    .min(-LARGEST_LABEL)
    .max(LARGEST_LABEL)
    .default(standard)
    .describe(`non-linearity label of ${what}, dimensionless`);

/**
 * The device of NeuroSim: conductance over pulses is a piece of an exponential,
 *
 *     G(P) = gMin + B(1 − e^{−P/A}),   B = (gMax − gMin) / (1 − e^{−Pmax/A})
 *
 * with A = Pmax · curveOfLabel(NL). Potentiation walks its curve upwards, depression its own (A and Pmax of its own,
 * A usually negative) downwards. Because B − (G − gMin) decays by e^{−n/A} over n pulses, n need not be whole, no
 * logarithm is taken and no conductance lies outside of the domain:
 *
 *     n pulses up    G → goal + (G − goal) e^{−n/A},  goal = gMin + B
 *     n pulses down  G → goal + (G − goal) e^{+n/A}
 *
 * Cycle-to-cycle noise is a fraction of the window per pulse, σ(gMax − gMin)√n ξ. A request of ΔG is n = |ΔG|Pmax/range
 * pulses, as NeuroSim counts them. Source: Chen, Peng, Yu, IEDM 2017; MLP+NeuroSim 3.0 manual, section 3.
 */
export const neurosimExponential = deviceModel({
  id: 'neurosim-exponential',
  description: 'Exponential conductance over pulses, stated by states and non-linearity labels.',
  citation: 'Chen, Peng, Yu, IEDM 2017 (NeuroSim+); MLP+NeuroSim 3.0 manual',
  config: z
    .strictObject({
      ...windowFields,
      statesUp: states('potentiation'),
      statesDown: states('depression'),
      nonlinearityUp: label('potentiation', 1),
      nonlinearityDown: label('depression', -1),
      cycleToCycle: z
        .number()
        .min(0)
        .max(1)
        .default(0)
        .describe('cycle-to-cycle spread of each pulse, σ as a fraction of gMax − gMin'),
    })
    .check(windowIsOpen),
  create: ({ config }) => {
    const { gMin, gMax, statesUp, statesDown, nonlinearityUp, nonlinearityDown, cycleToCycle } = config;
    const range = conductanceRange(config);
    const walkUp = walk(statesUp, nonlinearityUp, gMin, range);
    const walkDown = walk(statesDown, nonlinearityDown, gMin, range);
    const noisy = (g: Expression, pulses: Expression): Expression =>
      cycleToCycle === 0 ? g : add(g, multiply(sqrt(pulses), deviation('cycle', cycleToCycle * range)));
    const pulse: DeviceModel['pulse'] = ({ g, up }) => {
      const one = constant(1);
      return noisy(select(up, walkUp(g, one), walkDown(g, negate(one))), one);
    };
    return {
      gMin,
      gMax,
      pulse,
      pulseStep: pulseStepOf(pulse, {}, config),
      states: { up: statesUp, down: statesDown },
      respond: ({ g, request }) => {
        const fraction = divide(request, range);
        const potentiates = less(0, request);
        const pulses = multiply(abs(fraction), select(potentiates, statesUp, statesDown));
        const moved = select(
          potentiates,
          walkUp(g, multiply(fraction, statesUp)),
          walkDown(g, multiply(fraction, statesDown)),
        );
        return noisy(moved, pulses);
      },
    };
  },
});

/** n pulses along a curve, downwards where n is negative. */
function walk(states: number, nonlinearity: number, gMin: number, range: number) {
  const a = states * curveOfLabel(nonlinearity);
  if (Math.abs(a) > STRAIGHT * states)
    return (g: Expression, n: Expression): Expression => add(g, multiply(n, range / states));
  const goal = gMin + range / -Math.expm1(-states / a);
  // g + (goal − g)(1 − e^{−n/A}) is exact where n is 0.
  return (g: Expression, n: Expression): Expression =>
    add(g, multiply(subtract(goal, g), lost(multiply(n, 1 / a))));
}

/** 1 − e^{−x}; by its series where x is small and the difference would have no digits left in float32. */
function lost(x: Expression): Expression {
  const term = (k: number, rest: Expression): Expression => subtract(1, multiply(x, rest, 1 / k));
  const series = multiply(x, term(2, term(3, term(4, constant(1)))));
  return select(less(abs(x), 0.1), series, subtract(1, exp(negate(x))));
}
