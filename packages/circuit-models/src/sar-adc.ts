import { adc } from '@txsim/core';
import { abs, add, divide, fillNormal, less, multiply, subtract, type Expression, type RandomStream } from '@txsim/ops'; // prettier-ignore
import { z } from 'zod';
import { adcFields, adcOf } from './adc-fields.js';
import { signed } from './signed.js';

/**
 * A successive-approximation ADC that all columns share, so that its mismatch is one for all: the magnitude is compared
 * with capacitors C_i = 2^i + σ √(2^i) ξ_i in units of the smallest, from the largest on; the result is Σ bit_i 2^i.
 */
export const sarAdc = adc({
  id: 'sar-adc',
  description: 'Shared SAR ADC, sign and magnitude, with mismatch of its binary capacitors; saturates.',
  citation: 'Mismatch ∝ 1/√area: Pelgrom, Duinmaijer, Welbers, IEEE JSSC 24 (1989)',
  config: z.strictObject({
    bits: z.int().min(2).max(12).default(8).describe('resolution with bits'),
    mismatch: z
      .number()
      .min(0)
      .max(0.2)
      .default(0.01)
      .describe('relative standard deviation of a unit capacitor'),
    ...adcFields,
  }),
  create: ({ config, random }) => {
    const { bits, mismatch } = config;
    const capacitors = drawCapacitors(bits - 1, mismatch, random('capacitors'));
    const total = capacitors.reduce((a, b) => a + b);
    const levels = 2 ** (bits - 1) - 1;
    return adcOf(config, levels, (current, fullScale) => {
      // Half a step more, so that what is cut off below is rounded.
      const size = add(multiply(abs(divide(current, fullScale)), total), (0.5 * total) / levels);
      let held: Expression = multiply(size, 0);
      let code = held;
      for (const [i, capacitor] of [...capacitors.entries()].reverse()) {
        const bit = subtract(1, less(size, add(held, capacitor)));
        held = add(held, multiply(bit, capacitor));
        code = add(code, multiply(bit, 2 ** i));
      }
      return signed(current, multiply(code, divide(fullScale, levels)));
    });
  },
});

/** Capacitors of 1, 2, 4, … units with their mismatch. */
function drawCapacitors(count: number, sigma: number, stream: RandomStream): number[] {
  const noise = new Float32Array(count);
  fillNormal(stream, 0, 0, noise);
  return Array.from(noise, (xi, i) => 2 ** i + sigma * Math.sqrt(2 ** i) * xi);
}
