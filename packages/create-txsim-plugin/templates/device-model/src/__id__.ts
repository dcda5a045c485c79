import { deviceModel } from '@txsim/core';
import { add, divide, exp, less, multiply, normal, select, subtract, type Expression } from '@txsim/ops';
import { z } from 'zod';

/**
 * Exponential steps: with n = (G − gMin)/(gMax − gMin), a change is slowed by e^(−asymmetry·n) upwards and by
 * e^(−asymmetry·(1 − n)) downwards, and has the noise 1 + cycleToCycle·ξ.
 */
export const __identifier__ = deviceModel({
  id: '__id__',
  description: 'Steps that shrink exponentially towards the end of the window. Source: …, Fig. ….',
  config: z
    .strictObject({
      gMin: z.number().positive().default(1e-6).describe('lowest conductance, siemens'),
      gMax: z.number().positive().default(1e-5).describe('highest conductance, siemens'),
      step: z
        .number()
        .positive()
        .max(1)
        .default(0.02)
        .describe('one pulse at its largest, fraction of the window'),
      asymmetry: z
        .number()
        .min(0)
        .max(10)
        .default(1)
        .describe('how steps shrink over the window, dimensionless'),
      cycleToCycle: z.number().min(0).default(0.1).describe('standard deviation of a change, fraction of it'),
    })
    .refine(({ gMin, gMax }) => gMin < gMax, { path: ['gMax'], error: 'expected more than gMin' }),
  create: ({ config: { gMin, gMax, step, asymmetry, cycleToCycle } }) => {
    const range = gMax - gMin;
    const middle = Math.exp(-asymmetry / 2);
    /** A change as it is made at g: slower towards the end of the window, and noisy. */
    const made = (g: Expression, change: Expression, up: Expression): Expression => {
      const n = divide(subtract(g, gMin), range);
      const way = select(up, n, subtract(1, n));
      return multiply(
        change,
        exp(multiply(-asymmetry, way)),
        add(1, multiply(cycleToCycle, normal('cycleToCycle'))),
      );
    };
    return {
      gMin,
      gMax,
      respond: ({ g, request }) => add(g, made(g, request, less(0, request))),
      pulse: ({ g, up }) => add(g, made(g, multiply(range * step, select(up, 1, -1)), up)),
      pulseStep: range * step * middle,
    };
  },
});
