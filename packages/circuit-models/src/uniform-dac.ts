import { dac } from '@txsim/core';
import { clamp, divide, multiply, round } from '@txsim/ops';
import { z } from 'zod';
import { halfLevels } from './half-levels.js';

/** A uniform DAC: round to the nearest of 2^bits − 1 levels that are symmetric about 0 (half to even), clip to ±1. */
export const uniformDac = dac({
  id: 'uniform-dac',
  description: 'Uniform, symmetric DAC with 2^bits − 1 levels; rounds half to even and saturates.',
  config: z.strictObject({
    bits: z.int().min(2).max(24).default(8).describe('resolution, bits'),
    scale: z
      .union([z.literal('absMax'), z.number().positive()])
      .default('absMax')
      .describe('digital input scale: the largest magnitude of each vector, or a number for all'),
    readVoltage: z.number().positive().max(10).default(0.2).describe('voltage of a full-scale input, volts'),
  }),
  create: ({ config: { bits, scale, readVoltage } }) => ({
    scale,
    readVoltage,
    convert: (input) => {
      const levels = halfLevels(bits);
      return divide(round(multiply(clamp(input, -1, 1), levels)), levels);
    },
  }),
});
