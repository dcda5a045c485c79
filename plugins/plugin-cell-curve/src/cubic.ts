import { cellCurve } from '@txsim/core';
import { multiply, subtract } from '@txsim/ops';
import { z } from 'zod';

/**
 * f(V) = V − c V³, the first term by which a symmetric curve leaves its straight line. The default has the curvature of
 * the default hyperbolic sine, c = −β²/6.
 */
export const cubic = cellCurve({
  id: 'cubic',
  description: 'Cubic: I ∝ V − cV³; c < 0 bends upwards.',
  config: z.strictObject({
    c: z
      .number()
      .default(-2 / 3)
      .describe('strength of the cubic term, 1/volt²; it must leave the curve rising'),
  }),
  create: ({ config: { c } }) => ({
    current: (volts) => subtract(volts, multiply(multiply(volts, volts, volts), c)),
  }),
});
