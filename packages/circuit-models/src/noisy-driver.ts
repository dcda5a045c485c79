import { driver } from '@txsim/core';
import { add, multiply, normal } from '@txsim/ops';
import { z } from 'zod';

/** A line driver with Gaussian noise: V → V + σ·V_read·ξ, drawn per line and read. */
export const noisyDriver = driver({
  id: 'noisy-driver',
  description: 'Line driver with Gaussian voltage noise.',
  config: z.strictObject({
    sigma: z.number().min(0).default(0.01).describe('standard deviation, as a fraction of the read voltage'),
  }),
  create: ({ config: { sigma } }) => ({
    drive: (voltage) => add(voltage, multiply(normal('voltage'), sigma)),
  }),
});
