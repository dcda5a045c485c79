import { deviceModel } from '@txsim/core';
import { divide, multiply, subtract, type Expression } from '@txsim/ops';
import { z } from 'zod';
import { stepOfTable, tableSpreads, type TableSpreads } from './interpolate.js';
import { pulsedStep, stepFields } from './pulsed-step.js';
import { withSpread } from './spread.js';
import { weightsAreOrdered } from './weight-scale.js';

const nodes = (what: string) =>
  z
    .array(z.number().min(0))
    .min(1)
    .max(64)
    .default([1])
    .describe(`relative step of ${what} at equally spaced weights from b_min to b_max, fractions of a`);

const fields = { ...stepFields, up: nodes('potentiation'), down: nodes('depression') };

/**
 * Steps interpolated between nodes that are equally spaced in the bounds of the device:
 *
 *     potentiation  Δw = +a+ · interpolate(up, w) · (1 + sξ),   depression likewise
 *
 * There is no closed form for trains; a request is answered by n times the step at its beginning. Source: Rasch et
 * al., arXiv 2104.02184 (piecewise step device).
 */
export const piecewiseStep = deviceModel({
  id: 'piecewise-step',
  description: 'Steps interpolated between nodes over the weight.',
  citation: 'Rasch et al., arXiv 2104.02184',
  config: z.strictObject(withSpread(fields)).check(weightsAreOrdered),
  create: ({ config }) =>
    pulsedStep<typeof fields, keyof TableSpreads>(
      config,
      fields,
      ({ stepUp, stepDown, upper, lower, riseFactor, riseShift, fallFactor, fallShift }) => {
        const place = (w: Expression): Expression => divide(subtract(w, lower), subtract(upper, lower));
        return {
          up: (w) => multiply(stepUp, stepOfTable(place(w), config.up, riseFactor, riseShift)),
          down: (w) => multiply(stepDown, stepOfTable(place(w), config.down, fallFactor, fallShift)),
        };
      },
      { extra: tableSpreads },
    ),
});
