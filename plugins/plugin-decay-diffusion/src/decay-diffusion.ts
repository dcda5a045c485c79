import { conductanceRange, nonIdeality } from '@txsim/core';
import { add, exp, input, multiply, normal, subtract, constant, minimum } from '@txsim/ops';
import { z } from 'zod';

/**
 * Slow effects once per mini-batch, after its update: states decay towards a rest state b and diffuse,
 *
 *     G ← b + (G − b)(1 − 1/lifetime) + rate (gMax − gMin) ξ
 *
 * so that a device that is left alone has the standard deviation rate · range / √(1 − (1 − 1/lifetime)²) in the end. The
 * lifetime may differ from device to device, log-normally. Source: Rasch et al., arXiv 2104.02184 (decay and diffusion of
 * pulsed devices); the default lifetime is that of aihwkit's trench capacitor, after Li et al., Symp. VLSI Technology 2018.
 */
export const decayDiffusion = nonIdeality({
  id: 'decay-diffusion',
  description: 'After every update, states decay towards a rest state and diffuse.',
  citation: 'Rasch et al., arXiv 2104.02184',
  config: z.strictObject({
    lifetime: z
      .number()
      .min(1)
      .default(1e6)
      .describe('mini-batches in which the distance to the rest state falls to 1/e, count'),
    lifetimeDeviceToDevice: z
      .number()
      .min(0)
      .max(3)
      .default(0)
      .describe('device-to-device spread of the lifetime: σ of its logarithm, dimensionless'),
    rate: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('diffusion per mini-batch: σ as a fraction of gMax − gMin'),
    rest: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('rest state: 0 is gMin, 1 is gMax, fraction of the window'),
  }),
  create: ({ config: { lifetime, lifetimeDeviceToDevice, rate, rest } }) => {
    const spread = lifetimeDeviceToDevice > 0;
    const loss = minimum(
      multiply(exp(multiply(normal('lifetime'), -lifetimeDeviceToDevice)), 1 / lifetime),
      1,
    );
    return {
      ...(spread && { perDevice: { loss } }),
      effects: [
        {
          stage: 'update',
          apply: (written, { window }) => {
            const base = window.gMin + rest * conductanceRange(window);
            const lost = spread ? input('loss') : constant(1 / lifetime);
            const kept = subtract(written, multiply(subtract(written, base), lost));
            if (rate === 0) return kept;
            return add(kept, multiply(normal('diffusion'), rate * conductanceRange(window)));
          },
        },
      ],
    };
  },
});
