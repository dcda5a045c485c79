import { sense } from '@txsim/core';
import { abs, add, divide, multiply, normal } from '@txsim/ops';
import { z } from 'zod';

/** I → I / (1 + compression · |I| / F) + σ · F · ξ, F being the full scale and ξ one normal number for each line and read. */
export const __identifier__ = sense({
  id: '__id__',
  description: 'Sense amplifier that compresses large currents, with Gaussian noise. Source: ….',
  config: z.strictObject({
    compression: z.number().min(0).default(0.1).describe('loss at the full scale, dimensionless'),
    sigma: z
      .number()
      .min(0)
      .default(0.01)
      .describe('standard deviation of the noise, fraction of the full scale'),
  }),
  create: ({ config: { compression, sigma } }) => ({
    sense: (current, fullScale) => {
      const compressed = divide(current, add(1, multiply(abs(divide(current, fullScale)), compression)));
      return add(compressed, multiply(multiply(normal('output'), sigma), fullScale));
    },
  }),
});
