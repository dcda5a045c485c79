import { conductanceRange, nonIdeality, type ConductanceWindow } from '@txsim/core';
import { add, multiply, normal, type Expression } from '@txsim/ops';
import { z } from 'zod';

/**
 * Noise of each device at each read, in its exact law at the output: the noise of many devices on one line is one
 * Gaussian, independent from line to line and from read to read.
 *
 *     additive       G → G + σ·R·ξ, R = gMax − gMin:  I → I + σ·R·√planes·‖V‖₂·ξ
 *     proportional   G → G·(1 + σξ):                  I → I + σ·√Σ(V·G)²·ξ
 *     root           G → G + σ·√(R·G)·ξ:              I → I + σ·√(R·ΣV²G)·ξ
 *
 * The last two cost a second product. Root is the read noise that aihwkit calls `PCM_READ`.
 *
 * The law holds for reads that see independent noise; wires scale the noise by the effective conductances
 * (proportional) or not at all (additive).
 */
export const readNoise = nonIdeality({
  id: 'read-noise',
  description: 'Gaussian read noise of every device, drawn anew for every read.',
  config: z.strictObject({
    sigma: z
      .number()
      .min(0)
      .max(10)
      .default(0.01)
      .describe(
        'standard deviation: fraction of gMax − gMin (additive), of G (proportional), of √((gMax − gMin)·G) (root)',
      ),
    definition: z
      .enum(['additive', 'proportional', 'root'])
      .default('additive')
      .describe('how it scales with conductance'),
  }),
  create: ({ config: { sigma, definition } }) => ({
    effects: [
      {
        stage: 'read',
        ...(definition !== 'additive' && { deviceVariance: VARIANCES[definition] }),
        apply: (current, { window, planes, driveNorm, deviceCurrentNorm }) => {
          const deviation =
            definition === 'additive'
              ? multiply(driveNorm, sigma * conductanceRange(window) * Math.sqrt(planes))
              : multiply(deviceCurrentNorm, sigma);
          return add(current, multiply(deviation, normal('read')));
        },
      },
    ],
  }),
});

const VARIANCES = {
  proportional: (g: Expression) => multiply(g, g),
  root: (g: Expression, { window }: { readonly window: ConductanceWindow }) =>
    multiply(g, conductanceRange(window)),
};
