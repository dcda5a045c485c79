import { adc } from '@txsim/core';
import { divide, maximum, minimum, multiply, round } from '@txsim/ops';
import { z } from 'zod';

/** I → F · round(L · min(max(I/F, −1), 1)) / L, L = 2^(bits − 1) − 1, F the full scale in amperes. */
export const __identifier__ = adc({
  id: '__id__',
  description: 'Uniform ADC with 2^bits − 1 levels over a calibrated range. Source: ….',
  config: z.strictObject({
    bits: z.int().min(2).max(16).default(8).describe('resolution, bits'),
    quantile: z.number().gt(0.5).max(1).default(0.999).describe('fraction of currents within the full scale'),
    every: z.int().min(1).default(100).describe('steps between calibrations'),
  }),
  create: ({ config: { bits, quantile, every } }) => {
    const levels = 2 ** (bits - 1) - 1;
    return {
      fullScale: { kind: 'calibrated', quantile, every },
      convert: (current, fullScale) => {
        const codes = round(multiply(current, divide(levels, fullScale)));
        return multiply(maximum(minimum(codes, levels), -levels), divide(fullScale, levels));
      },
    };
  },
});
