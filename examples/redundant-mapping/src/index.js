// A mapping: each weight is held by several pairs of devices, so that their errors average out.
import { conductanceRange, definePlugin, mapping } from '@txsim/core';
import { add, multiply } from '@txsim/ops';
import { z } from 'zod';

/** Planes come in pairs: even ones go up with the weight, odd ones go down. */
const signOf = (plane) => (plane % 2 === 0 ? 1 : -1);

/**
 * u = 1/k Σ (G₊ − G₋)/R over k pairs, R = gMax − gMin: the wires add the currents of all devices, the digital sum is
 * divided by k. Independent errors of devices are smaller by √k in the weight.
 */
export const redundant = mapping({
  id: 'redundant-mapping',
  description: 'Each weight is the mean of several pairs of devices about the middle of the window.',
  config: z.strictObject({
    pairs: z.int().min(1).max(8).default(2).describe('k, pairs of devices for each weight'),
    rows: z.int().min(1).max(4096).default(64).describe('largest number of word lines of an array'),
    columns: z.int().min(1).max(4096).default(64).describe('largest number of bit lines of an array'),
    range: z.number().positive().default(4).describe('wMax, multiple of the largest initial |w|'),
  }),
  create: ({ config: { pairs, rows, columns, range } }) => {
    const planes = 2 * pairs;
    const half = (plane, window) => (signOf(plane) * conductanceRange(window)) / 2;
    return {
      planes,
      readouts: [{ planes: Array.from({ length: planes }, (_, p) => signOf(p)), significance: 1 / pairs }],
      grid: (inputs, outputs) => {
        const [tileRows, tileColumns] = [Math.ceil(inputs / rows), Math.ceil(outputs / columns)];
        const size = { rows: Math.ceil(inputs / tileRows), columns: Math.ceil(outputs / tileColumns) };
        return { inputs, outputs, tileRows, tileColumns, ...size };
      },
      weightRange: (largest) => range * (largest > 0 ? largest : 1),
      encode: (plane, u, window) => add(multiply(u, half(plane, window)), (window.gMin + window.gMax) / 2),
      request: (plane, change, _planes, window) => multiply(change, half(plane, window)),
      pulses: (up) =>
        Array.from({ length: planes }, (_, plane) => ({
          plane,
          up: plane % 2 === 0 ? up : add(1, multiply(-1, up)),
        })),
    };
  },
});

export default definePlugin({
  name: '@example/txsim-plugin-redundant-mapping',
  version: '1.0.0',
  namespace: 'redundant-mapping',
  engines: { txsim: '^0.1.0' },
  contributes: [redundant],
});
