import { cellCurve } from '@txsim/core';
import { expm1, multiply, negate, subtract } from '@txsim/ops';
import { z } from 'zod';

/**
 * f(V) = sinh(βV)/β: the current of filaments and tunnel gaps, linear below 1/β.
 *
 * Source of the form and of β = 2 per volt: the on-state of E. Lehtonen and M. Laiho, "CNN Using Memristors for
 * Neighborhood Connections", IEEE CNNA 2010.
 */
export const sinh = cellCurve({
  id: 'sinh',
  description: 'Hyperbolic sine: I ∝ sinh(βV).',
  citation: 'Lehtonen and Laiho, CNN Using Memristors for Neighborhood Connections, IEEE CNNA 2010',
  config: z.strictObject({
    beta: z
      .number()
      .min(0)
      .max(1000)
      .default(2)
      .describe('β, how fast the curve bends, 1/volt; 0: a straight line'),
  }),
  create: ({ config: { beta } }) => ({
    current: (volts) => {
      if (beta === 0) return volts;
      const x = multiply(volts, beta);
      // Half of eˣ − e⁻ˣ without cancellation near 0, and odd to the bit.
      return multiply(subtract(expm1(x), expm1(negate(x))), 1 / (2 * beta));
    },
  }),
});
