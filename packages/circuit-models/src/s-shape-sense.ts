import { sense } from '@txsim/core';
import { abs, add, divide, multiply } from '@txsim/ops';
import { z } from 'zod';

/**
 * A sense amplifier that compresses large currents: I → I / (1 + |s·I / I_fullScale|).
 *
 * Source: the S-shaped output non-linearity of the resistive-processing-unit baseline, Gokmen & Vlasov 2016.
 */
export const sShapeSense = sense({
  id: 's-shape-sense',
  description: 'Sense amplifier with an S-shaped characteristic: I / (1 + |s·I / full scale|).',
  citation: 'Gokmen & Vlasov, Front. Neurosci. 10:333 (2016)',
  config: z.strictObject({
    s: z.number().min(0).default(0.1).describe('strength of the compression, dimensionless'),
  }),
  create: ({ config: { s } }) => ({
    sense: (current, fullScale) => divide(current, add(1, abs(multiply(divide(current, fullScale), s)))),
  }),
});
