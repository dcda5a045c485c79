import { conductanceRange, mapping } from '@txsim/core';
import { add, multiply } from '@txsim/ops';
import { z } from 'zod';

/** The first device of a weight goes up with it, the second one down. */
const SIGNS = [1, -1];

/** G± = (gMin + gMax)/2 ± u·(gMax − gMin)/2 with u = w/wMax; u = (G₊ − G₋)/(gMax − gMin). */
export const __identifier__ = mapping({
  id: '__id__',
  description:
    'Two devices per weight that move against each other about the middle of the window. Source: ….',
  config: z.strictObject({
    rows: z.int().min(1).default(64).describe('largest number of word lines of an array'),
    columns: z.int().min(1).default(64).describe('largest number of bit lines of an array'),
    range: z.number().positive().default(4).describe('wMax, multiple of the largest initial |w|'),
  }),
  create: ({ config: { rows, columns, range } }) => ({
    planes: 2,
    readouts: [{ planes: SIGNS, significance: 1 }],
    grid: (inputs, outputs) => {
      const [tileRows, tileColumns] = [Math.ceil(inputs / rows), Math.ceil(outputs / columns)];
      const size = { rows: Math.ceil(inputs / tileRows), columns: Math.ceil(outputs / tileColumns) };
      return { inputs, outputs, tileRows, tileColumns, ...size };
    },
    weightRange: (largest) => range * (largest > 0 ? largest : 1),
    encode: (plane, u, window) =>
      add(multiply(u, (SIGNS[plane]! * conductanceRange(window)) / 2), (window.gMin + window.gMax) / 2),
    request: (plane, change, _planes, window) =>
      multiply(change, (SIGNS[plane]! * conductanceRange(window)) / 2),
  }),
});
