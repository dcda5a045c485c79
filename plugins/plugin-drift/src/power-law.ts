import { nonIdeality } from '@txsim/core';
import { add, exp, input, log, maximum, multiply, normal } from '@txsim/ops';
import { z } from 'zod';
import { activationFields, acceleration } from './acceleration.js';

/**
 * Power-law drift: t after it was written a device conducts
 *
 *     G(t) = G ((t + t0)/t0)^−ν,   ν = max(nu (1 + σξ), 0) drawn once per device
 *
 * Source: the drift of phase-change memory in Joshi et al., Nat. Commun. 11:2473 (2020), and its statistics in `drift/pcm`
 * (mean exponents .049 to .1, t0 = 20 s). The default ν = .06 lies between them and is no measurement.
 */
export const powerLaw = nonIdeality({
  id: 'power-law',
  description: 'Conductances decay as a power of time, with an exponent per device.',
  citation: 'Joshi et al., Nat. Commun. 11:2473 (2020)',
  config: z.strictObject({
    nu: z.number().min(0).max(1).default(0.06).describe('mean drift exponent ν, dimensionless'),
    nuDeviceToDevice: z
      .number()
      .min(0)
      .max(5)
      .default(0)
      .describe('device-to-device spread of ν, relative σ, dimensionless'),
    t0: z.number().positive().default(20).describe('time t0 after which the state was verified, seconds'),
    ...activationFields,
  }),
  create: ({ config: { nu, nuDeviceToDevice, t0, ...activation } }) => {
    const spread = nuDeviceToDevice > 0;
    const own = multiply(maximum(add(1, multiply(normal('nu'), nuDeviceToDevice)), 0), nu);
    return {
      ...(spread && { perDevice: { nu: own } }),
      effects: [
        {
          stage: 'retain',
          apply: (state, { time }) => {
            const age = log(add(multiply(time, acceleration(activation) / t0), 1));
            return multiply(state, exp(multiply(age, spread ? input('nu') : nu, -1)));
          },
        },
      ],
    };
  },
});
