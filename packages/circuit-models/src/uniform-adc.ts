import { adc } from '@txsim/core';
import { clamp, divide, multiply, round } from '@txsim/ops';
import { z } from 'zod';
import { adcFields, adcOf } from './adc-fields.js';
import { halfLevels } from './half-levels.js';

/** A uniform ADC: round to the nearest of 2^bits − 1 levels in ± full scale (half to even), saturate outside. */
export const uniformAdc = adc({
  id: 'uniform-adc',
  description:
    'Uniform, symmetric ADC with 2^bits − 1 levels over ± full scale; rounds half to even and saturates.',
  config: z.strictObject({
    bits: z.int().min(2).max(24).default(8).describe('resolution, bits'),
    ...adcFields,
  }),
  create: ({ config }) => {
    const levels = halfLevels(config.bits);
    return adcOf(config, levels, (current, fullScale) => {
      const codes = round(multiply(current, divide(levels, fullScale)));
      return multiply(clamp(codes, -levels, levels), divide(fullScale, levels));
    });
  },
});
