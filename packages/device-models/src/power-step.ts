import { deviceModel } from '@txsim/core';
import { add, clamp, divide, maximum, multiply, power, subtract, type Expression } from '@txsim/ops';
import { z } from 'zod';
import { deviation } from './draw-once.js';
import { pulsedStep, stepFields } from './pulsed-step.js';
import { withSpread } from './spread.js';
import { weightsAreOrdered } from './weight-scale.js';

const exponent = (what: string) =>
  z.number().min(0).max(10).default(1).describe(`exponent γ of ${what}, dimensionless`);

const fields = {
  ...stepFields,
  gammaUp: exponent('potentiation'),
  gammaDown: exponent('depression'),
  gammaDeviceToDevice: z
    .number()
    .min(0)
    .max(5)
    .default(0)
    .describe('device-to-device spread of both exponents, relative σ, dimensionless'),
};

/**
 * Steps that go with a power of the distance to the bound ahead, R = b_max − b_min:
 *
 *     potentiation  Δw = +a+ ((b_max − w)/R)^γ+ (1 + sξ)
 *     depression    Δw = −a− ((w − b_min)/R)^γ− (1 + sξ)
 *
 * γ is drawn per device as γ(1 + σξ). At the middle of the window the step is a/2^γ. There is no closed form for
 * trains; a request is answered by n times the step at its beginning. Source: Fusi & Abbott, Nat. Neurosci. 10:485 (2007),
 * and Frascaroli et al., Sci. Rep. 8:7178 (2018), in the shifted form of aihwkit's power step device (Rasch et al., arXiv
 * 2104.02184).
 */
export const powerStep = deviceModel({
  id: 'power-step',
  description: 'Steps that go with a power of the distance to the bound ahead.',
  citation: 'Fusi & Abbott, Nat. Neurosci. 10:485 (2007); Frascaroli et al., Sci. Rep. 8:7178 (2018)',
  config: z.strictObject(withSpread(fields)).check(weightsAreOrdered),
  create: ({ config }) =>
    pulsedStep<typeof fields, 'factor' | 'gammaUp' | 'gammaDown'>(
      config,
      fields,
      ({ stepUp, stepDown, upper, lower, factor, gammaUp, gammaDown }) => {
        const law = (step: Expression, distance: Expression, gamma: Expression): Expression => {
          const part = clamp(divide(distance, subtract(upper, lower)), 0, 1);
          return multiply(step, power(part, multiply(factor, gamma)));
        };
        return {
          up: (w) => law(stepUp, subtract(upper, w), gammaUp),
          down: (w) => law(stepDown, subtract(w, lower), gammaDown),
        };
      },
      {
        extra: ({ number }) => ({
          factor: maximum(add(1, deviation('gamma', config.gammaDeviceToDevice)), 0),
          gammaUp: number('gammaUp'),
          gammaDown: number('gammaDown'),
        }),
      },
    ),
});
