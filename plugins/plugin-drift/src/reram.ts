import { nonIdeality } from '@txsim/core';
import {
  add,
  clamp,
  divide,
  input,
  log,
  maximum,
  multiply,
  normal,
  subtract,
  type Expression,
} from '@txsim/ops';
import { z } from 'zod';

/** Of the fits: largest conductance, µS. */
const G_MAX_MICROSIEMENS = 40;
const DAY = 86_400;

/** σ in µS as a polynomial of r = G/gMax, constant first, so long after programming. */
const FITS = [
  { seconds: 1, coefficients: [0.348, 16.03, -43.853, 45.393, -16.815] },
  { seconds: DAY, coefficients: [0.701, 22.086, -50.773, 47.095, -16.458] },
  { seconds: 2 * DAY, coefficients: [0.782, 20.274, -43.507, 37.062, -11.934] },
] as const;

/**
 * Conductance relaxation of filamentary ReRAM, as measured on an array: after a time the conductance of each device has
 * moved by σ(r, t) ξ, with σ a polynomial of r = G/gMax fitted 1 s, 1 day and 2 days after programming at gMax = 40 µS
 * and scaled with gMax. Between these times σ is interpolated over the logarithm of time; before and after it is that of
 * the nearest. ξ is drawn once per device. Source: figures of Wan et al., Nature 608:504 (2022), as read off and fitted
 * by aihwkit (ReRamWan2022NoiseModel); the interpolation is ours.
 */
export const reram = nonIdeality({
  id: 'reram',
  description: 'Conductance relaxation of ReRAM, from measured statistics.',
  citation: 'Wan et al., Nature 608:504 (2022)',
  config: z.strictObject({
    strength: z.number().min(0).max(10).default(1).describe('spread, multiple of the measured one'),
  }),
  create: ({ config: { strength } }) => ({
    perDevice: { relaxation: normal('relaxation') },
    effects: [
      {
        stage: 'retain',
        apply: (state, { time, window: { gMax } }) => {
          const sigma = relaxation(divide(state, gMax), log(maximum(time, 1)));
          return add(state, multiply(sigma, input('relaxation'), (strength * gMax) / G_MAX_MICROSIEMENS));
        },
      },
    ],
  }),
});

/** σ(r, ln t), µS. */
function relaxation(r: Expression, logTime: Expression): Expression {
  const sigma = FITS.map(({ coefficients }) =>
    coefficients.reduceRight<Expression>((sum, c) => add(multiply(sum, r), c), multiply(r, 0)),
  );
  return FITS.slice(1).reduce((sum, { seconds }, i) => {
    const start = Math.log(FITS[i]!.seconds);
    const passed = clamp(divide(subtract(logTime, start), Math.log(seconds) - start), 0, 1);
    return add(sum, multiply(subtract(sigma[i + 1]!, sigma[i]!), passed));
  }, sigma[0]!);
}
