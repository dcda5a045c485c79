import { nonIdeality } from '@txsim/core';
import { exp, input, maximum, multiply, normal, add } from '@txsim/ops';
import { z } from 'zod';

/**
 * Process variation: each device conducts a constant factor more or less than it should, drawn once per device.
 *
 *     normal      G → G·max(1 + σξ, 0)
 *     lognormal   G → G·e^(σξ), so that the median device is the nominal one
 */
export const deviceVariation = nonIdeality({
  id: 'device-variation',
  description: 'Device-to-device variation of the conductance, drawn once per device.',
  citation: 'Roy et al., arXiv 2002.11151 (TxSim): process variation',
  config: z.strictObject({
    sigma: z.number().min(0).max(3).default(0.05).describe('relative standard deviation σ, dimensionless'),
    distribution: z.enum(['normal', 'lognormal']).default('normal').describe('distribution of the factor'),
  }),
  create: ({ config: { sigma, distribution } }) => {
    const deviation = multiply(normal('variation'), sigma);
    return {
      perDevice: { factor: distribution === 'normal' ? maximum(add(1, deviation), 0) : exp(deviation) },
      effects: [{ stage: 'conduct', apply: (state) => multiply(state, input('factor')) }],
    };
  },
});
