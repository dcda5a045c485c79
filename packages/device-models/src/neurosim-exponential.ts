import { conductanceRange, deviceModel, type DeviceModel } from '@txsim/core';
import {
  abs,
  add,
  constant,
  divide,
  exp,
  expm1,
  less,
  minimum,
  multiply,
  negate,
  select,
  sqrt,
  subtract,
  type Expression,
} from '@txsim/ops';
import { z } from 'zod';
import { deviation, drawOnce } from './draw-once.js';
import { finished, ownWindow, type OwnWindow } from './finished.js';
import { LARGEST_LABEL, steepnessOfLabel } from './neurosim-label.js';
import { pulseStepOf } from './pulsed-step.js';
import { drawn, withSpread } from './spread.js';
import { windowFields, windowIsOpen } from './window-fields.js';

/** Curves with a Pmax/A below this are straight lines to within float32. */
const STRAIGHT = 1e-5;

/** Exponents beyond this leave float32. */
const STEEPEST = 80;

const states = (what: string) =>
  z.number().min(2).max(1e6).default(97).describe(`pulses of ${what} from end to end of the window, count`);
const label = (what: string, standard: number) =>
  z
    .number()
    .min(-LARGEST_LABEL)
    .max(LARGEST_LABEL)
    .default(standard)
    .describe(`non-linearity label of ${what}, dimensionless`);

const fields = {
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
};

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
  config: z.strictObject(withSpread(fields)).check(windowIsOpen),
  create: ({ config }) => {
    const { gMin, gMax, statesUp, statesDown, cycleToCycle } = config;
    const range = conductanceRange(config);
    const { number } = drawn(config, fields);
    const { perDevice, values } = drawOnce({
      low: number('gMin'),
      high: number('gMax'),
      statesUp: number('statesUp'),
      statesDown: number('statesDown'),
      steepnessUp: steepnessOfLabel(number('nonlinearityUp')),
      steepnessDown: steepnessOfLabel(number('nonlinearityDown')),
    });
    const own = ownWindow(values.low, values.high, config);
    const walkUp = walk(values.statesUp, values.steepnessUp, own);
    const walkDown = walk(values.statesDown, values.steepnessDown, own);
    const noisy = (g: Expression, pulses: Expression): Expression =>
      cycleToCycle === 0 ? g : add(g, multiply(sqrt(pulses), deviation('cycle', cycleToCycle * range)));
    const pulse: DeviceModel['pulse'] = ({ g, up }) => {
      const one = constant(1);
      return noisy(select(up, walkUp(g, one), walkDown(g, negate(one))), one);
    };
    const respond: DeviceModel['respond'] = ({ g, request }) => {
      const fraction = divide(request, range);
      const potentiates = less(0, request);
      const pulses = multiply(abs(fraction), select(potentiates, statesUp, statesDown));
      const moved = select(
        potentiates,
        walkUp(g, multiply(fraction, statesUp)),
        walkDown(g, multiply(fraction, statesDown)),
      );
      return noisy(moved, pulses);
    };
    const states = { up: statesUp, down: statesDown };
    const pulseStep = pulseStepOf(pulse, perDevice, config);
    return finished({ gMin, gMax, perDevice, pulse, pulseStep, states, respond }, own);
  },
});

/**
 * n pulses along a curve, downwards where n is negative.
 *
 * @param steepness Pmax/A, with the sign of A
 */
function walk(states: Expression, steepness: Expression, { low, range }: OwnWindow) {
  if (steepness.op === 'constant' && Math.abs(steepness.value) < STRAIGHT)
    return (g: Expression, n: Expression): Expression => add(g, multiply(n, divide(range, states)));
  const curved = select(less(abs(steepness), STRAIGHT), STRAIGHT, steepness);
  const goal = add(low, divide(range, negate(expm1(negate(curved)))));
  const perPulse = divide(curved, states);
  // g + (goal − g)(1 − e^{−n/A}) is exact where n is 0.
  return (g: Expression, n: Expression): Expression =>
    add(g, multiply(subtract(goal, g), lost(multiply(n, perPulse))));
}

/** 1 − e^{−x}; by its series where x is small and the difference would have no digits left in float32. */
function lost(x: Expression): Expression {
  const term = (k: number, rest: Expression): Expression => subtract(1, multiply(x, rest, 1 / k));
  const series = multiply(x, term(2, term(3, term(4, constant(1)))));
  return select(less(abs(x), 0.1), series, subtract(1, exp(minimum(negate(x), STEEPEST))));
}
