import { dac } from '@txsim/core';
import { divide, maximum, minimum, multiply, round } from '@txsim/ops';
import { z } from 'zod';

/** y = round(L · min(max(x, −1), 1)) / L, L = 2^(bits − 1) − 1; x in units of the largest |x| of its vector. */
export const __identifier__ = dac({
  id: '__id__',
  description: 'Uniform DAC with 2^bits − 1 levels. Source: ….',
  config: z.strictObject({
    bits: z.int().min(2).max(16).default(8).describe('resolution, bits'),
    readVoltage: z.number().positive().default(0.2).describe('voltage of a full-scale input, volts'),
  }),
  create: ({ config: { bits, readVoltage } }) => {
    const levels = 2 ** (bits - 1) - 1;
    return {
      scale: 'absMax',
      readVoltage,
      convert: (input) => divide(round(multiply(maximum(minimum(input, 1), -1), levels)), levels),
    };
  },
});
