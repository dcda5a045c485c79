import { adc } from '@txsim/core';
import { add, clamp, divide, floor, multiply, uniform } from '@txsim/ops';
import { z } from 'zod';
import { adcFields, adcOf } from './adc-fields.js';
import { halfLevels } from './half-levels.js';

/** A uniform ADC that rounds up with the probability of the rest: ⌊I/step + U(0, 1)⌋, so that its mean is the current. */
export const stochasticAdc = adc({
  id: 'stochastic-adc',
  description:
    'Uniform, symmetric ADC with 2^bits − 1 levels that rounds at random, without bias; saturates.',
  citation: 'Gupta, Agrawal, Gopalakrishnan, Narayanan, ICML 2015 (stochastic rounding)',
  config: z.strictObject({
    bits: z.int().min(2).max(16).default(8).describe('resolution, bits'),
    ...adcFields,
  }),
  create: ({ config }) => {
    const levels = halfLevels(config.bits);
    return adcOf(config, levels, (current, fullScale) => {
      const codes = floor(add(multiply(divide(current, fullScale), levels), uniform('rounding')));
      return multiply(clamp(codes, -levels, levels), divide(fullScale, levels));
    });
  },
});
