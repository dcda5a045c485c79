// A device from a table of measurements, pulses.csv: the mean step of a pulse at each conductance.
import { readFileSync } from 'node:fs';
import { definePlugin, deviceModel } from '@txsim/core';
import { add, divide, less, maximum, multiply, normal, select } from '@txsim/ops';
import { z } from 'zod';
import { interpolate } from './interpolate.js';
import { measuredSteps } from './steps.js';

const text = readFileSync(new URL('../pulses.csv', import.meta.url), 'utf8');

export const measured = deviceModel({
  id: 'measured-device',
  description: 'Set and reset steps interpolated from pulses.csv, with noise of each step.',
  config: z.strictObject({
    bins: z.int().min(2).max(50).default(8).describe('points of the curves, over the measured range'),
    cycleToCycle: z.number().min(0).default(0.25).describe('standard deviation of a step, fraction of it'),
  }),
  create: ({ config: { bins, cycleToCycle } }) => {
    const { gMin, gMax, set, reset } = measuredSteps(text, bins);
    const curve = (points, g) => maximum(interpolate(points, g), 0);
    const noise = add(1, multiply(cycleToCycle, normal('cycleToCycle')));
    const at = (points) => nominalStep(points, (gMin + gMax) / 2);
    const pulseStep = (at(set) + at(reset)) / 2;
    /** A step of the direction that `up` gives, siemens, as long as a pulse makes it here. */
    const stepAt = (g, up) => select(up, curve(set, g), curve(reset, g));
    return {
      gMin,
      gMax,
      pulseStep,
      pulse: ({ g, up }) => add(g, multiply(select(up, 1, -1), stepAt(g, up), noise)),
      // What is asked for is made in steps of the mean length, each of which is longer or shorter here.
      respond: ({ g, request }) =>
        add(g, multiply(divide(multiply(request, stepAt(g, less(0, request))), pulseStep), noise)),
    };
  },
});

/** The curve's value at a number: its expression has constants only at the points. */
function nominalStep(points, g) {
  const after = points.findIndex((p) => p.g > g);
  if (after <= 0) return points.at(after === 0 ? 0 : -1).step;
  const [a, b] = [points[after - 1], points[after]];
  return a.step + ((b.step - a.step) * (g - a.g)) / (b.g - a.g);
}

export default definePlugin({
  name: '@example/txsim-plugin-measured-device',
  version: '1.0.0',
  namespace: 'measured-device',
  engines: { txsim: '^0.1.0' },
  contributes: [measured],
});
