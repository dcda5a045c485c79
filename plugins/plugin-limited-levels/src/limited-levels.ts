import { conductanceRange, nonIdeality, type ConductanceWindow } from '@txsim/core';
import { add, floor, multiply, round, subtract, uniform, type Expression } from '@txsim/ops';
import { z } from 'zod';

/**
 * Devices that hold one of `levels` conductances, equally spaced from gMin to gMax; what is programmed or written goes
 * to a level, by
 *
 *     nearest      the nearest one, halves to the even level; changes below half a step are lost
 *     stochastic   one of the two neighbours, with probabilities that keep the mean, as a train of pulses would
 */
export const limitedLevels = nonIdeality({
  id: 'limited-levels',
  description: 'A limited number of equally spaced conductance levels.',
  config: z.strictObject({
    levels: z.int().min(2).max(65536).default(1024).describe('number of conductance levels'),
    rounding: z.enum(['nearest', 'stochastic']).default('stochastic').describe('how a write finds its level'),
  }),
  create: ({ config: { levels, rounding } }) => {
    const toLevel = (g: Expression, window: ConductanceWindow, stochastic: boolean): Expression => {
      const step = conductanceRange(window) / (levels - 1);
      const position = multiply(subtract(g, window.gMin), 1 / step);
      const level = stochastic ? floor(add(position, uniform('level'))) : round(position);
      return add(multiply(level, step), window.gMin);
    };
    return {
      effects: [
        { stage: 'program', apply: (target, { window }) => toLevel(target, window, false) },
        {
          stage: 'update',
          apply: (written, { window }) => toLevel(written, window, rounding === 'stochastic'),
        },
      ],
    };
  },
});
