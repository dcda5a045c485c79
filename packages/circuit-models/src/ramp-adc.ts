import { adc } from '@txsim/core';
import { abs, add, clamp, divide, floor, log, multiply, type Expression } from '@txsim/ops';
import { z } from 'zod';
import { adcFields, adcOf } from './adc-fields.js';
import { halfLevels } from './half-levels.js';
import { signed } from './signed.js';

/** Below this a droop is none. */
const STRAIGHT = 1e-6;

/**
 * A single-slope ADC: one ramp rises from half a step to the full scale in 2^(bits − 1) − 1 counts, all columns are
 * compared with it, and a column's code is the count at which the ramp passes its current. A leaking integrator makes the
 * ramp r(t) = (1 − e^(−λt)) / (1 − e^(−λ)), t = count / counts, so that the code of a current I is ⌊counts · r⁻¹(I) + ½⌋;
 * λ → 0 is the straight ramp.
 */
export const rampAdc = adc({
  id: 'ramp-adc',
  description: 'Single-slope ADC, sign and magnitude, whose ramp all columns share and may droop; saturates.',
  citation: 'Xiao et al., "CrossSim" (2022): ramp ADC; droop of a leaking integrator',
  config: z.strictObject({
    bits: z.int().min(2).max(16).default(8).describe('resolution with sign, bits'),
    droop: z
      .number()
      .min(0)
      .max(5)
      .default(0)
      .describe('λ: duration of the ramp in time constants of the leaking integrator; 0 is a straight ramp'),
    ...adcFields,
  }),
  create: ({ config }) => {
    const counts = halfLevels(config.bits);
    return adcOf(config, counts, (current, fullScale) => {
      const size = clamp(abs(divide(current, fullScale)), 0, 1);
      const passed = floor(add(multiply(timeOf(size, config.droop), counts), 0.5));
      return signed(current, multiply(passed, divide(fullScale, counts)));
    });
  },
});

/** r⁻¹: when a ramp with droop passes a fraction of its end, as a fraction of its duration. */
function timeOf(size: Expression, droop: number): Expression {
  if (droop < STRAIGHT) return size;
  return multiply(log(add(1, multiply(size, Math.expm1(-droop)))), -1 / droop);
}
