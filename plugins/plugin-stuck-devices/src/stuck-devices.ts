import { conductanceRange, nonIdeality, type ConductanceWindow } from '@txsim/core';
import { add, input, less, multiply, select, subtract, uniform, type Expression } from '@txsim/ops';
import { z } from 'zod';

const probability = (what: string, standard: number) =>
  z.number().min(0).max(1).default(standard).describe(`fraction of devices that are ${what}`);

/**
 * Devices that hold one conductance for ever, whatever is written: gMin (open), gMax (shorted), or one that is uniform
 * in the window. Which device is stuck where is drawn once. A stuck device is stuck in its state, so that writes see it
 * too, and in what the circuit sees, so that nothing else moves it.
 *
 * Source: stuck-at faults by over-forming in a 4 Mb HfO2 chip, Chen et al., IEEE Trans. Comput. 64:180 (2015). The default
 * fractions are illustrations without a source.
 */
export const stuckDevices = nonIdeality({
  id: 'stuck-devices',
  description: 'Devices that hold one conductance for ever: gMin, gMax, or one drawn from the window.',
  citation: 'Chen et al., IEEE Trans. Comput. 64:180 (2015)',
  config: z
    .strictObject({
      atMin: probability('stuck at gMin', 0.01),
      atMax: probability('stuck at gMax', 0.01),
      anywhere: probability('stuck at a conductance drawn uniformly from a part of the window', 0),
      from: z
        .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
        .default([0, 1])
        .describe('that part: 0 is gMin, 1 is gMax, fractions of the window'),
    })
    .refine(({ atMin, atMax, anywhere }) => atMin + atMax + anywhere <= 1, {
      message: 'expected atMin + atMax + anywhere ≤ 1',
      path: ['atMin'],
    }),
  create: ({ config: { atMin, atMax, anywhere, from: part } }) => {
    const held = (value: Expression, { window }: { readonly window: ConductanceWindow }): Expression => {
      const { gMin, gMax } = window;
      const where = input('where');
      // Of the devices that are stuck anywhere, `where` is uniform between the two limits.
      const [from, to] = [atMin + atMax, atMin + atMax + anywhere];
      const range = conductanceRange(window);
      const spread = anywhere === 0 ? 0 : ((part[1] - part[0]) * range) / anywhere;
      const random = add(multiply(subtract(where, from), spread), gMin + part[0] * range);
      const stuck = select(less(where, atMin), gMin, select(less(where, from), gMax, random));
      return select(less(where, to), stuck, value);
    };
    return {
      perDevice: { where: uniform('where') },
      effects: [
        { stage: 'program', apply: held },
        { stage: 'update', apply: held },
        { stage: 'conduct', apply: held },
      ],
    };
  },
});
