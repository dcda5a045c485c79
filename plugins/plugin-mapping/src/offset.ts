import { conductanceRange, mapping } from '@txsim/core';
import { add, multiply } from '@txsim/ops';
import { z } from 'zod';
import { cutAndScale, mappingFields } from './fields.js';

const MIDDLE = (w: { gMin: number; gMax: number }): number => (w.gMin + w.gMax) / 2;

/**
 * u = 2 (g − gRef) / (gMax − gMin): one device per weight about the middle of the window, and a reference that is
 * programmed to the middle and never written again, whose current is subtracted.
 */
export const offset = mapping({
  id: 'offset',
  description:
    'A signed weight as a conductance about the middle of the window, less that of a reference column.',
  citation: 'Xiao et al., "CrossSim" (2022): offset core, its reference an analog unit column',
  config: z.strictObject({
    ...mappingFields,
    subtract: z
      .enum(['analog', 'digital'])
      .default('analog')
      .describe('where the reference is subtracted: in the wires before one ADC, or digitally behind two'),
  }),
  create: ({ config }) => ({
    ...cutAndScale(config, 2),
    readouts:
      config.subtract === 'analog'
        ? [{ planes: [1, -1], significance: 2 }]
        : [
            { planes: [1, 0], significance: 2 },
            { planes: [0, 1], significance: -2 },
          ],
    encode: (plane, u, window) =>
      add(multiply(u, plane === 0 ? conductanceRange(window) / 2 : 0), MIDDLE(window)),
    request: (plane, change, _planes, window) =>
      multiply(change, plane === 0 ? conductanceRange(window) / 2 : 0),
    pulses: (up) => [{ plane: 0, up }],
  }),
});
