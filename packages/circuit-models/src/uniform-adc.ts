import { adc, type FullScale } from '@txsim/core';
import { clamp, divide, multiply, round } from '@txsim/ops';
import { z } from 'zod';
import { halfLevels } from './half-levels.js';

/** How the full scale of an ADC is found. */
export const range = z
  .union([
    z.strictObject({
      calibrate: z.number().gt(0.5).max(1).describe('quantile of |current| over a batch'),
      every: z.int().min(1).default(100).describe('steps between calibrations'),
    }),
    z.literal('maximal'),
    z.number().positive().describe('full scale, amperes'),
  ])
  .default({ calibrate: 0.999, every: 100 })
  .describe('full scale: calibrated on data, all devices at gMax ("maximal"), or amperes');

/** A uniform ADC: round to the nearest of 2^bits − 1 levels in ± full scale (half to even), saturate outside. */
export const uniformAdc = adc({
  id: 'uniform-adc',
  description:
    'Uniform, symmetric ADC with 2^bits − 1 levels over ± full scale; rounds half to even and saturates.',
  config: z.strictObject({
    bits: z.int().min(2).max(24).default(8).describe('resolution, bits'),
    range,
  }),
  create: ({ config }) => ({
    fullScale: fullScaleOf(config.range),
    convert: (current, fullScale) => {
      const levels = halfLevels(config.bits);
      const codes = round(multiply(current, divide(levels, fullScale)));
      return multiply(clamp(codes, -levels, levels), divide(fullScale, levels));
    },
  }),
});

/** The same as arrays take it. */
export function fullScaleOf(chosen: z.output<typeof range>): FullScale {
  if (chosen === 'maximal') return { kind: 'maximal' };
  if (typeof chosen === 'number') return { kind: 'fixed', amperes: chosen };
  return { kind: 'calibrated', quantile: chosen.calibrate, every: chosen.every };
}
