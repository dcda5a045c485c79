import { cellCurve } from '@txsim/core';
import { abs, add, multiply } from '@txsim/ops';
import { z } from 'zod';

/** f(V) = V · (1 + a·|V|): a cell that conducts the better the more volts it sees. */
export const __identifier__ = cellCurve({
  id: '__id__',
  description: 'A cell whose conductance grows with its voltage. Source: ….',
  config: z.strictObject({
    a: z
      .number()
      .min(0)
      .max(100)
      .default(1)
      .describe('growth of the conductance, 1/volt; 0: a straight line'),
  }),
  create: ({ config: { a } }) => ({
    current: (volts) => multiply(volts, add(1, multiply(abs(volts), a))),
  }),
});
