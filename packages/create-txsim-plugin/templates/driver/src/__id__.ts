import { driver } from '@txsim/core';
import { add, multiply, normal } from '@txsim/ops';
import { z } from 'zod';

/** V → gain · V + σ · V_read · ξ with one normal number ξ for each line and read. */
export const __identifier__ = driver({
  id: '__id__',
  description: 'Line driver with a gain error and Gaussian noise. Source: ….',
  config: z.strictObject({
    gain: z
      .number()
      .positive()
      .default(0.98)
      .describe('voltage on the line over that of the DAC, dimensionless'),
    sigma: z
      .number()
      .min(0)
      .default(0.01)
      .describe('standard deviation of the noise, fraction of the read voltage'),
  }),
  create: ({ config: { gain, sigma } }) => ({
    drive: (voltage) => add(multiply(voltage, gain), multiply(normal('voltage'), sigma)),
  }),
});
