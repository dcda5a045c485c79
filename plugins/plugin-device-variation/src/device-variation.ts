import { conductanceRange, nonIdeality } from '@txsim/core';
import { add, exp, input, maximum, multiply, normal } from '@txsim/ops';
import { z } from 'zod';

/**
 * Process variation: each device conducts a constant factor more or less than it should, or a constant part of the window,
 * drawn once per device. With R = gMax − gMin,
 *
 *     normal                G → G·max(1 + σξ, 0)
 *     lognormal             G → G·e^(σξ), so that the median device is the nominal one
 *     normal and additive   G → max(G + σRξ, 0)
 *
 * @throws Error if a log-normal deviation is to be added
 */
export const deviceVariation = nonIdeality({
  id: 'device-variation',
  description: 'Device-to-device variation of the conductance, drawn once per device.',
  citation: 'Roy et al., arXiv 2002.11151 (TxSim): process variation',
  config: z.strictObject({
    sigma: z
      .number()
      .min(0)
      .max(3)
      .default(0.05)
      .describe('standard deviation σ: fraction of G (multiplicative) or of gMax − gMin (additive)'),
    distribution: z.enum(['normal', 'lognormal']).default('normal').describe('distribution of the deviation'),
    kind: z
      .enum(['multiplicative', 'additive'])
      .default('multiplicative')
      .describe('whether G is multiplied by the deviation, or it is added'),
  }),
  create: ({ config: { sigma, distribution, kind } }) => {
    const deviation = multiply(normal('variation'), sigma);
    if (kind === 'additive' && distribution === 'lognormal')
      throw new Error('a log-normal deviation is a factor: expected kind "multiplicative"');
    const factor = distribution === 'normal' ? maximum(add(1, deviation), 0) : exp(deviation);
    const own = input('own');
    return {
      perDevice: { own: kind === 'additive' ? deviation : factor },
      effects: [
        {
          stage: 'conduct',
          apply: (state, { window }) =>
            kind === 'additive'
              ? maximum(add(state, multiply(own, conductanceRange(window))), 0)
              : multiply(state, own),
        },
      ],
    };
  },
});
