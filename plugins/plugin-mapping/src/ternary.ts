import { conductanceRange, mapping } from '@txsim/core';
import { abs, add, less, maximum, minimum, multiply, select, sign, subtract } from '@txsim/ops';
import { z } from 'zod';
import { cutAndScale, mappingFields } from './fields.js';
import { held, pulseInTurn } from './pair.js';

/**
 * Weights of −1, 0 and 1: where |u| is above the threshold, one device of a pair is at gMax, else both rest at gMin.
 * What training asks for, pulses too, moves devices as a one-sided pair's; programming makes them ternary again.
 */
export const ternary = mapping({
  id: 'ternary',
  description: 'A pair of devices of which at most one is on: weights −1, 0 and 1 when they are programmed.',
  citation: 'Li, Zhang, Liu, "Ternary weight networks", arXiv 1605.04711 (threshold)',
  config: z.strictObject({
    ...mappingFields,
    weightRange: mappingFields.weightRange.default({ initial: 1 }),
    threshold: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.5)
      .describe('|u| above which a weight is on, fraction of wMax'),
  }),
  create: ({ config }) => ({
    ...cutAndScale(config, 2),
    step: 1,
    readouts: [{ planes: [1, -1], significance: 1 }],
    encode: (plane, u, window) => {
      const level = select(less(config.threshold, abs(u)), sign(u), 0);
      const on = maximum(multiply(level, plane === 0 ? 1 : -1), 0);
      return add(multiply(on, conductanceRange(window)), window.gMin);
    },
    request: (plane, change, planes, window) => {
      const wanted = multiply(change, (plane === 0 ? 1 : -1) * conductanceRange(window));
      const rise = maximum(subtract(wanted, held(planes[1 - plane]!, window)), 0);
      const fall = minimum(abs(wanted), held(planes[plane]!, window));
      return select(less(0, wanted), rise, multiply(fall, -1));
    },
    pulses: pulseInTurn,
  }),
});
