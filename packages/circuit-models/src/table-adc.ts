import { adc } from '@txsim/core';
import { abs, add, divide, less, multiply } from '@txsim/ops';
import { z } from 'zod';
import { adcFields, adcOf } from './adc-fields.js';
import { signed } from './signed.js';

/** An ADC with levels of one's own, 0 and both signs of each: the nearest one, the lower where two are as near. */
export const tableAdc = adc({
  id: 'table-adc',
  description:
    'Non-uniform, symmetric ADC: the nearest of the levels that are given, of 0 and of their negatives.',
  config: z.strictObject({
    levels: z
      .array(z.number().gt(0).max(1))
      .min(1)
      .max(127)
      .refine((l) => l.every((x, i) => i === 0 || x > l[i - 1]!), 'expected levels that rise')
      .default([0.0625, 0.125, 0.25, 0.5, 1])
      .describe('levels above 0, rising, as fractions of the full scale'),
    ...adcFields,
  }),
  create: ({ config }) =>
    adcOf(config, config.levels.length, (current, fullScale) => {
      const size = abs(divide(current, fullScale));
      const steps = config.levels.map((level, i) => {
        const below = config.levels[i - 1] ?? 0;
        return multiply(less((below + level) / 2, size), level - below);
      });
      const nearest = steps.reduce((a, b) => add(a, b));
      return signed(current, multiply(nearest, fullScale));
    }),
});
