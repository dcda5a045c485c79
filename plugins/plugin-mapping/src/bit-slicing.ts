import { conductanceRange, mapping, type ConductanceWindow, type Readout } from '@txsim/core';
import { abs, largestWhole, less, maximum, minimum, multiply, round, select, sign, subtract, type Expression } from '@txsim/ops'; // prettier-ignore
import { z } from 'zod';
import { cell, shifted, type Digits } from './digits.js';
import { cutAndScale, mappingFields } from './fields.js';
import { held, pulseInTurn } from './pair.js';
import { rippled } from './ripple.js';

/**
 * |u| as a whole number of `slices · cellBits` bits, of which each pair of devices holds a digit: little-endian, slice s
 * has the significance 2^(cellBits · s) in the digital shift-and-add. Plane 2s holds positive weights, 2s + 1 negative.
 *
 * Numbers of more than 24 bits are computed in float32: of a weight that is programmed the 24 leading bits hold, and a sum
 * of products has no more. What training adds up is exact to the last of 32 bits.
 *
 * Without carry, changes and pulses go to the lowest pair; a pulse then changes the weight by step / (base^slices − 1) of
 * its digit's full scale. With carry a pulse has no meaning, since digits above may have to be written anew, and a device
 * cannot know it.
 */
export const bitSlicing = mapping({
  id: 'bit-slicing',
  description:
    'A signed whole number, digits of a few bits on pairs of arrays of their own; added digitally.',
  citation: 'Shafiee et al., "ISAAC", ISCA 2016 (slices); Agarwal et al., VLSI Technology 2017 (carry)',
  config: z.strictObject({
    ...mappingFields,
    cellBits: z.int().min(1).max(8).default(2).describe('bits of a device'),
    slices: z.int().min(1).max(16).default(4).describe('devices for each sign of a weight'),
    subtract: z
      .enum(['analog', 'digital'])
      .default('analog')
      .describe('where I⁺ − I⁻ of a slice is formed: in the wires before one ADC, or digitally behind two'),
    carry: z
      .enum(['ripple', 'none'])
      .default('ripple')
      .describe(
        'ripple: a change is added to the whole number and digits written anew; none: it goes to the lowest slice alone',
      ),
  }),
  create: ({ config }) => {
    const { slices, cellBits, carry } = config;
    const bits = slices * cellBits;
    if (bits > 32) throw new Error(`${bits} bits are more than a weight may have: at most 32`);
    const base = 2 ** cellBits;
    const digits: Digits = { slices, base, largest: largestWhole(bits) };
    return {
      ...cutAndScale(config, 2 * slices),
      step: 1 / (base - 1),
      readouts: Array.from({ length: slices }, (_, s) => readoutsOf(s, digits, config.subtract)).flat(),
      encode: (plane, u, window) => {
        const whole = round(multiply(abs(u), digits.largest));
        const digit = subtract(shifted(whole, base ** (plane >> 1)), multiply(shifted(whole, base ** ((plane >> 1) + 1)), base)); // prettier-ignore
        return cell(multiply(sign(u), digit), plane, base, window);
      },
      request: (plane, change, planes, window) =>
        carry === 'ripple'
          ? rippled(plane, change, planes, digits, window)
          : toLowest(plane, change, planes, digits, window),
      ...(carry === 'none' && {
        pulses: (up: Expression, planes: readonly Expression[], window: ConductanceWindow, step: number) =>
          pulseInTurn(up, planes.slice(0, 2), window, step),
      }),
    };
  },
});

/** How the pair of a slice is read, and what it counts in the sum. */
function readoutsOf(s: number, { slices, base, largest }: Digits, where: 'analog' | 'digital'): Readout[] {
  const significance = (base ** s * (base - 1)) / largest;
  const planes = (plus: number, minus: number): number[] =>
    Array.from({ length: 2 * slices }, (_, p) => (p === 2 * s ? plus : p === 2 * s + 1 ? minus : 0));
  if (where === 'analog') return [{ planes: planes(1, -1), significance }];
  return [
    { planes: planes(1, 0), significance },
    { planes: planes(0, 1), significance: -significance },
  ];
}

/** The whole change on the lowest pair, which takes back first; what it cannot hold is lost. */
function toLowest(
  plane: number,
  change: Expression,
  planes: readonly Expression[],
  { base, largest }: Digits,
  window: ConductanceWindow,
): Expression {
  // prettier-ignore
  if (plane > 1) return multiply(change, 0);
  const unit = (largest * conductanceRange(window)) / (base - 1);
  const wanted = multiply(change, plane === 0 ? unit : -unit);
  const rise = maximum(subtract(wanted, held(planes[1 - plane]!, window)), 0);
  const fall = minimum(abs(wanted), held(planes[plane]!, window));
  return select(less(0, wanted), rise, multiply(fall, -1));
}
