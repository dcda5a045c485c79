import { nonIdeality } from '@txsim/core';
import { add, exp, input, multiply, normal } from '@txsim/ops';
import { z } from 'zod';

/**
 * A lognormal spread of conductances, drawn once per device, G → G·e^(spread·ξ), and noise of every read,
 * I → I + noise·I_full·ξ.
 */
export const __identifier__ = nonIdeality({
  id: '__id__',
  description:
    'Conductances with a lognormal spread, and read noise of a fraction of the full scale. Source: ….',
  config: z.strictObject({
    spread: z.number().min(0).max(1).default(0.1).describe('standard deviation of ln G, dimensionless'),
    noise: z.number().min(0).max(1).default(0.001).describe('standard deviation, fraction of the full scale'),
  }),
  create: ({ config: { spread, noise } }) => ({
    perDevice: { factor: exp(multiply(spread, normal('spread'))) },
    effects: [
      { stage: 'conduct', apply: (state) => multiply(state, input('factor')) },
      {
        stage: 'read',
        apply: (current, { fullScale }) =>
          add(current, multiply(fullScale, multiply(noise, normal('noise')))),
      },
    ],
  }),
});
