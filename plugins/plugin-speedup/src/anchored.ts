import { AnchoredSession } from '@txsim/circuit-models';
import { speedupPolicy } from '@txsim/core';
import { z } from 'zod';

/** The wire model's method at every step, plus an exact offset that is refreshed array by array. */
export const anchored = speedupPolicy({
  id: 'anchored',
  description:
    'Solves by the method at every step and adds the offset to the exact solution, refreshed every K steps, arrays in turn.', // prettier-ignore
  citation: 'docs/reference/wire-solver.md',
  config: z.strictObject({
    every: z.int().min(1).default(500).describe('K, steps between two exact solutions of an array'),
  }),
  create: ({ config: { every } }) => ({ open: () => new AnchoredSession(every) }),
});
