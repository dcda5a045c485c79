import type { InputScale } from '@txsim/core';
import { z } from 'zod';

/** Keys of every DAC. */
export const dacFields = {
  scale: z
    .union([
      z.enum(['absMax', 'max']),
      z.number().positive().describe('one number for all'),
      z.strictObject({ average: z.number().min(0).lt(1).describe('weight of what was seen before') }),
      z.strictObject({
        learn: z.number().positive().describe('range that learning begins with, in units of the input'),
        decay: z.number().min(0).default(0.01).describe('pull towards 0 where hardly any input saturates'),
      }),
    ])
    .default('absMax')
    .describe(
      'digital input scale (noise management): the largest magnitude or value of each vector, a number, a moving average over batches, or a range that training learns',
    ) satisfies z.ZodType<InputScale, unknown>,
  readVoltage: z.number().positive().max(10).default(0.2).describe('voltage of a full-scale input, volts'),
};
