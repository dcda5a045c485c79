import { deviceModel } from '@txsim/core';
import { add, divide, exp, maximum, multiply, negate, subtract, type Expression } from '@txsim/ops';
import { z } from 'zod';
import { pulsedStep, stepFields } from './pulsed-step.js';
import { withSpread } from './spread.js';
import { weightsAreOrdered } from './weight-scale.js';

const fields = {
  ...stepFields,
  aUp: z.number().default(0.00081).describe('amplitude A_up of the exponential, dimensionless'),
  aDown: z.number().default(0.36833).describe('amplitude A_down of the exponential, dimensionless'),
  gammaUp: z.number().min(-50).max(50).default(12.44625).describe('exponent γ_up, dimensionless'),
  gammaDown: z.number().min(-50).max(50).default(12.78785).describe('exponent γ_down, dimensionless'),
  scale: z
    .number()
    .min(-2)
    .max(2)
    .default(0.244)
    .describe('a of z = 2a·w/(b_max − b_min) + b, dimensionless'),
  shift: z
    .number()
    .min(-2)
    .max(2)
    .default(0.2425)
    .describe('b of z = 2a·w/(b_max − b_min) + b, dimensionless'),
};
type Shape = 'aUp' | 'aDown' | 'gammaUp' | 'gammaDown' | 'scale' | 'shift';

/**
 * Steps whose size depends exponentially on the weight, fitted to HfO2 ReRAM. With z = 2a·w/(b_max − b_min) + b,
 *
 *     potentiation  Δw = +a+ · max(1 − A_up e^{γ_up z}, 0) · (1 + sξ)
 *     depression    Δw = −a− · max(1 − A_down e^{−γ_down z}, 0) · (1 + sξ)
 *
 * There is no closed form for trains; a request is answered by n times the step at its beginning. Source: the data of Gong
 * et al., Nat. Commun. 9:2102 (2018), which this form was fitted to; equation and defaults are those of aihwkit (Rasch et
 * al., arXiv 2104.02184).
 */
export const exponentialStep = deviceModel({
  id: 'exponential-step',
  description: 'Steps that depend exponentially on the weight, fitted to ReRAM pulse data.',
  citation: 'Gong et al., Nat. Commun. 9:2102 (2018); Rasch et al., arXiv 2104.02184',
  config: z.strictObject(withSpread(fields)).check(weightsAreOrdered),
  create: ({ config }) =>
    pulsedStep<typeof fields, Shape>(
      config,
      fields,
      ({ stepUp, stepDown, upper, lower, aUp, aDown, gammaUp, gammaDown, scale, shift }) => {
        const z = (w: Expression): Expression =>
          add(multiply(divide(w, subtract(upper, lower)), multiply(2, scale)), shift);
        const part = (amplitude: Expression, exponent: Expression): Expression =>
          maximum(subtract(1, multiply(exp(exponent), amplitude)), 0);
        return {
          up: (w) => multiply(stepUp, part(aUp, multiply(z(w), gammaUp))),
          down: (w) => multiply(stepDown, part(aDown, multiply(z(w), negate(gammaDown)))),
        };
      },
      { extra: ({ number }) => shapeOf(number) },
    ),
});

const shapeOf = (number: (key: Shape) => Expression): Record<Shape, Expression> => ({
  aUp: number('aUp'),
  aDown: number('aDown'),
  gammaUp: number('gammaUp'),
  gammaDown: number('gammaDown'),
  scale: number('scale'),
  shift: number('shift'),
});
