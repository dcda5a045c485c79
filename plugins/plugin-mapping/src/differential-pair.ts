import {
  conductanceRange,
  mapping,
  type ConductanceWindow,
  type DevicePulse,
  type Readout,
} from '@txsim/core';
import { add, constant, less, maximum, minimum, multiply, subtract, type Expression } from '@txsim/ops';
import { z } from 'zod';
import { cutAndScale, mappingFields } from './fields.js';
import { pulseInTurn } from './pair.js';

/**
 * w = (g⁺ − g⁻) / (gMax − gMin) · wMax, the two devices of a pair in arrays of their own or in adjacent columns.
 *
 * A one-sided pair keeps one of its devices at gMin: a change first takes back what the other device holds, and only
 * then potentiates. A two-sided pair moves both by half, in opposite directions.
 *
 * A pulse of a one-sided pair goes to one device: it depresses the other one as long as that holds more than half a
 * step above gMin (a device with soft bounds never comes down to gMin itself), else it potentiates. A pulse of a
 * two-sided pair goes to both, so it changes the weight by two steps.
 *
 * A rising pair is for devices that cannot be depressed in steps (phase-change memory): what raises the weight potentiates
 * one device, what lowers it the other one, and now and then pairs of which one device is nearly full are read and
 * programmed anew. Source: Suri et al., "Phase change memory as synapse for ultra-dense neuromorphic systems: application
 * to complex visual pattern extraction", IEDM 2011, p. 79 (2-PCM synapse, refresh).
 */
export const differentialPair = mapping({
  id: 'differential-pair',
  description:
    'A signed weight as the difference of two conductances, in separate arrays or in adjacent columns.',
  config: z.strictObject({
    ...mappingFields,
    sides: z
      .enum(['one', 'two', 'rising'])
      .default('one')
      .describe(
        'one: the unused device of a pair rests at gMin; two: both move symmetrically about the middle; rising: programmed as one, then devices only ever potentiate and are refreshed',
      ),
    refreshEvery: z
      .int()
      .min(1)
      .default(100)
      .describe('"rising": writes between two refreshes of the pairs that need one'),
    refreshAbove: z
      .number()
      .gt(0)
      .lte(1)
      .default(0.75)
      .describe('"rising": a pair is refreshed when one of its devices is above this fraction of the window'),
    subtract: z
      .enum(['analog', 'digital'])
      .default('analog')
      .describe('where I⁺ − I⁻ is formed: in the wires before one ADC, or digitally behind two'),
  }),
  create: ({ config: c }) => ({
    ...cutAndScale(c, 2),
    readouts: c.subtract === 'analog' ? ANALOG : DIGITAL,
    encode: (plane, u, window) => (c.sides === 'two' ? twoSided : oneSided)(signed(plane, u), window),
    request: (plane, change, planes, window) => {
      const wanted = multiply(signed(plane, change), conductanceRange(window));
      if (c.sides === 'two') return multiply(wanted, 0.5);
      if (c.sides === 'rising') return maximum(wanted, 0);
      return takeBackFirst(wanted, planes[plane]!, planes[1 - plane]!, window.gMin);
    },
    pulses: (up, planes, window, step) => {
      if (c.sides === 'rising') return [{ plane: subtract(1, up), up: constant(1) }];
      return c.sides === 'one' ? pulseInTurn(up, planes, window, step) : pulseOfBoth(up);
    },
    ...(c.sides === 'rising' && { refresh: { every: c.refreshEvery, needs: isFull(c.refreshAbove) } }),
  }),
});

const ANALOG: readonly Readout[] = [{ planes: [1, -1], significance: 1 }];
const DIGITAL: readonly Readout[] = [
  { planes: [1, 0], significance: 1 },
  { planes: [0, 1], significance: -1 },
];

/** The negative plane sees everything with the other sign. */
const signed = (plane: number, value: Expression): Expression => (plane === 0 ? value : multiply(value, -1));

const oneSided = (u: Expression, window: ConductanceWindow): Expression =>
  add(multiply(maximum(u, 0), conductanceRange(window)), window.gMin);

const twoSided = (u: Expression, window: ConductanceWindow): Expression =>
  add(multiply(u, conductanceRange(window) / 2), (window.gMin + window.gMax) / 2);

/** Whether one device of a pair is above a fraction of the window. */
const isFull =
  (fraction: number) =>
  ([plus, minus]: readonly Expression[], window: ConductanceWindow): Expression =>
    less(window.gMin + fraction * conductanceRange(window), maximum(plus!, minus!));

const pulseOfBoth = (up: Expression): readonly DevicePulse[] => [
  { plane: 0, up },
  { plane: 1, up: subtract(1, up) },
];

/** An increase is what is left when the partner is back at gMin; a decrease is at most what the device holds. */
function takeBackFirst(wanted: Expression, own: Expression, partner: Expression, gMin: number): Expression {
  const without = (g: Expression): Expression => minimum(subtract(gMin, g), 0);
  const increase = maximum(add(maximum(wanted, 0), without(partner)), 0);
  const decrease = maximum(minimum(wanted, 0), without(own));
  // One of the two is 0.
  return add(increase, decrease);
}
