import type { Mapping } from '@txsim/core';
import { z } from 'zod';
import { equalGrid } from './equal-grid.js';
import { fillGrid } from './fill-grid.js';

/** Keys of every mapping: arrays, how a matrix is cut into them, and the weight that fills the window. */
export const mappingFields = {
  rows: z.int().min(1).max(4096).default(64).describe('largest number of word lines of an array'),
  columns: z.int().min(1).max(4096).default(64).describe('largest number of bit lines of an array'),
  tiling: z
    .enum(['equal', 'fill'])
    .default('equal')
    .describe('equal: arrays as equal as possible; fill: all of full size, the first ones partly unused'),
  weightRange: z
    .union([
      z.strictObject({ initial: z.number().positive().describe('multiple of the largest initial |w|') }),
      z.number().positive().describe('the weight itself'),
    ])
    .default({ initial: 4 })
    .describe('wMax, the weight that stands for u = 1'),
};

interface Chosen {
  readonly rows: number;
  readonly columns: number;
  readonly tiling: 'equal' | 'fill';
  readonly weightRange: { readonly initial: number } | number;
}

/** What these keys make of a mapping. */
export const cutAndScale = (c: Chosen): Pick<Mapping, 'grid' | 'weightRange'> => ({
  grid: (inputs, outputs) =>
    (c.tiling === 'equal' ? equalGrid : fillGrid)(inputs, outputs, c.rows, c.columns),
  weightRange: (largest) =>
    typeof c.weightRange === 'number' ? c.weightRange : c.weightRange.initial * (largest > 0 ? largest : 1),
});
