import { conductanceRange, nonIdeality } from '@txsim/core';
import { add, clamp, divide, exp, input, log, maximum, multiply, normal, subtract } from '@txsim/ops';
import { z } from 'zod';

/** Fewer pulses than this are none, so that their logarithm exists. */
const FIRST = 1e-6;

/**
 * The window of a device closes with the pulses n that it has had: of the window there is left
 *
 *     w(n) = 1 / (1 + (n/N)^β),   N = pulses · e^{σξ} drawn once per device
 *
 * half of it after N pulses, and both ends move towards the conductance at which they meet,
 *
 *     b_max = m + (gMax − m) w,   b_min = m − (m − gMin) w,   m = gMin + meeting · (gMax − gMin)
 *
 * A write ends within what is left. `meeting` 0 is a device that no longer sets, 1 one that no longer resets. The law is
 * an illustration without a source: a straight line of ln(1/w − 1) over ln n, as endurance data are plotted; N, β and
 * `meeting` are to be fitted to one's own.
 */
export const endurance = nonIdeality({
  id: 'endurance',
  description: 'The conductance window of a device closes with the pulses that it has had.',
  config: z.strictObject({
    pulses: z
      .number()
      .positive()
      .default(1e6)
      .describe('pulses N after which the median device has half of its window, count'),
    slope: z
      .number()
      .positive()
      .max(10)
      .default(1)
      .describe('steepness β of the closing over ln n, dimensionless'),
    meeting: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('where the ends of the window meet: 0 is gMin, 1 is gMax, fraction of the window'),
    deviceToDevice: z
      .number()
      .min(0)
      .max(5)
      .default(0)
      .describe('device-to-device spread of N: σ of its logarithm, dimensionless'),
  }),
  create: ({ config: { pulses, slope, meeting, deviceToDevice } }) => {
    const spread = deviceToDevice > 0;
    return {
      ...(spread && { perDevice: { endurance: multiply(normal('endurance'), deviceToDevice) } }),
      effects: [
        {
          stage: 'update',
          apply: (written, { window, pulses: n }) => {
            const age = subtract(
              log(maximum(n, FIRST)),
              add(Math.log(pulses), spread ? input('endurance') : 0),
            );
            const left = divide(1, add(1, exp(multiply(age, slope))));
            const range = conductanceRange(window);
            const low = add(window.gMin, multiply(subtract(1, left), meeting * range));
            const high = subtract(window.gMax, multiply(subtract(1, left), (1 - meeting) * range));
            return clamp(written, low, high);
          },
        },
      ],
    };
  },
});
