import { dac, type InputCycle } from '@txsim/core';
import { abs, clamp, divide, floor, largestWhole, multiply, round, subtract, type Expression } from '@txsim/ops'; // prettier-ignore
import { z } from 'zod';
import { dacFields } from './dac-fields.js';
import { signed } from './signed.js';

/**
 * Bit-serial inputs: an input is rounded to a sign and a magnitude of `bits` bits, of which each cycle drives a few, as a
 * pulse of that sign. Every cycle is converted for itself and added digitally with its significance, little-endian.
 *
 *     x = Σ_k 2^(c·k) (2^c − 1) / (2^bits − 1) · (sign · digit_k / (2^c − 1)),  c = bitsPerCycle
 *
 * Inputs are float32: of more than 24 bits, those below its 24 leading ones are 0, and 2^bits − 2^(bits − 24) is in place of
 * 2^bits − 1.
 */
export const serialDac = dac({
  id: 'serial-dac',
  description:
    'Bit-serial inputs: a few bits of the magnitude per cycle, each cycle converted and added digitally.',
  citation: 'Shafiee et al., "ISAAC", ISCA 2016 (one bit per cycle, shift-and-add)',
  config: z.strictObject({
    bits: z.int().min(1).max(32).default(8).describe('bits of the magnitude'),
    bitsPerCycle: z.int().min(1).max(16).default(1).describe('bits that are driven at once'),
    ...dacFields,
  }),
  create: ({ config: { bits, bitsPerCycle, scale, readVoltage } }) => {
    const levels = largestWhole(bits);
    const largest = 2 ** Math.min(bitsPerCycle, bits) - 1;
    const cycles = Array.from({ length: Math.ceil(bits / bitsPerCycle) }, (_, k): InputCycle => {
      const weight = 2 ** (bitsPerCycle * k);
      return {
        significance: (weight * largest) / levels,
        convert: (input) => {
          const whole = wholeOf(input, levels);
          const digit = subtract(
            shifted(whole, weight),
            multiply(shifted(whole, weight * 2 ** bitsPerCycle), 2 ** bitsPerCycle),
          );
          return signed(input, divide(digit, largest));
        },
      };
    });
    return {
      scale,
      readVoltage,
      cycles,
      step: 1 / largest,
      convert: (input) => signed(input, divide(wholeOf(input, levels), levels)),
    };
  },
});

const wholeOf = (input: Expression, levels: number): Expression =>
  round(multiply(abs(clamp(input, -1, 1)), levels));

/** ⌊x / power⌋ for whole x. */
const shifted = (x: Expression, power: number): Expression => (power === 1 ? x : floor(divide(x, power)));
