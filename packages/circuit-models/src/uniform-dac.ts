import { dac } from '@txsim/core';
import { add, clamp, divide, floor, multiply, round, uniform } from '@txsim/ops';
import { z } from 'zod';
import { dacFields } from './dac-fields.js';
import { halfLevels } from './half-levels.js';

/** A uniform DAC: round to the nearest of 2^bits − 1 levels that are symmetric about 0 (half to even), clip to ±1. */
export const uniformDac = dac({
  id: 'uniform-dac',
  description:
    'Uniform, symmetric DAC with 2^bits − 1 levels; rounds half to even, or at random, and saturates.',
  config: z.strictObject({
    bits: z.int().min(2).max(24).default(8).describe('resolution, bits'),
    rounding: z
      .enum(['nearest', 'stochastic'])
      .default('nearest')
      .describe('stochastic: up with the probability of the rest, so that the mean is the input'),
    ...dacFields,
  }),
  create: ({ config: { bits, rounding, scale, readVoltage } }) => {
    const levels = halfLevels(bits);
    return {
      scale,
      readVoltage,
      step: 1 / levels,
      convert: (input) => {
        const exact = multiply(clamp(input, -1, 1), levels);
        const code = rounding === 'nearest' ? round(exact) : floor(add(exact, uniform('rounding')));
        return divide(code, levels);
      },
    };
  },
});
