import { sense } from '@txsim/core';
import { abs, add, divide, multiply, normal } from '@txsim/ops';
import { z } from 'zod';

/**
 * A sense amplifier that compresses large currents and adds noise: I → I / (1 + |s·I / I_fullScale|) + σ·I_fullScale·ξ,
 * drawn per line and read.
 *
 * Source: output non-linearity and output noise of the resistive-processing-unit baseline, Gokmen & Vlasov 2016.
 */
export const sShapeSense = sense({
  id: 's-shape-sense',
  description:
    'Sense amplifier with an S-shaped characteristic and Gaussian noise: I / (1 + |s·I / full scale|) + noise.',
  citation: 'Gokmen & Vlasov, Front. Neurosci. 10:333 (2016)',
  config: z.strictObject({
    s: z.number().min(0).default(0.1).describe('strength of the compression, dimensionless'),
    noise: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('standard deviation of the noise, as a fraction of the ADC’s full scale'),
  }),
  create: ({ config: { s, noise } }) => ({
    sense: (current, fullScale) => {
      const compressed = divide(current, add(1, abs(multiply(divide(current, fullScale), s))));
      return noise > 0 ? add(compressed, multiply(multiply(normal('output'), noise), fullScale)) : compressed;
    },
  }),
});
