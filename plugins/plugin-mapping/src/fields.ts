import type { Mapping } from '@txsim/core';
import { z } from 'zod';
import { equalGrid } from './equal-grid.js';
import { fillGrid } from './fill-grid.js';

/** Keys of every mapping: arrays, how a matrix is cut into them, and the weight that fills the window. */
export const mappingFields = {
  rows: z.int().min(1).max(4096).default(64).describe('largest number of word lines of an array'),
  columns: z.int().min(1).max(4096).default(64).describe('largest number of bit lines of an array'),
  placement: z
    .enum(['separate', 'adjacent'])
    .default('separate')
    .describe(
      'separate: each device of a weight in an array of its own; adjacent: all of them in adjacent columns of one array',
    ),
  tiling: z
    .enum(['equal', 'fill'])
    .default('equal')
    .describe('equal: arrays as equal as possible; fill: all of full size, the first ones partly unused'),
  convolution: z
    .enum(['unrolled', 'positions'])
    .default('unrolled')
    .describe(
      'inputs of a convolution: all positions of the kernel one after the other, or each position in arrays of its own',
    ),
  weightRange: z
    .union([
      z.strictObject({ initial: z.number().positive().describe('multiple of the largest initial |w|') }),
      z.number().positive().describe('the weight itself'),
    ])
    .default({ initial: 4 })
    .describe('wMax, the weight that stands for u = 1'),
  scaling: z
    .enum(['layer', 'column'])
    .default('layer')
    .describe('column: the weights of each output are scaled by their own largest magnitude, digitally'),
  learnScaling: z.boolean().default(false).describe('whether training changes that scale'),
};

interface Chosen {
  readonly rows: number;
  readonly columns: number;
  readonly placement: 'separate' | 'adjacent';
  readonly tiling: 'equal' | 'fill';
  readonly convolution: 'unrolled' | 'positions';
  readonly weightRange: { readonly initial: number } | number;
  readonly scaling: 'layer' | 'column';
  readonly learnScaling: boolean;
}

/**
 * What these keys make of a mapping of so many planes.
 *
 * @throws Error if the devices of a weight do not fit into the columns of an array that they are to share
 */
export function cutAndScale(
  c: Chosen,
  planes: number,
): Pick<Mapping, 'planes' | 'adjacent' | 'grid' | 'weightRange' | 'scaling'> {
  const adjacent = c.placement === 'adjacent';
  const columns = adjacent ? Math.floor(c.columns / planes) : c.columns;
  if (columns === 0) throw new Error(`columns: ${planes} devices of a weight do not fit into ${c.columns}`);
  return {
    planes,
    adjacent,
    grid: (inputs, outputs, group) => {
      if (group !== undefined && c.convolution === 'positions')
        return equalGrid(inputs, outputs, largestDivisor(group, c.rows), columns);
      return (c.tiling === 'equal' ? equalGrid : fillGrid)(inputs, outputs, c.rows, columns);
    },
    weightRange: (largest) =>
      typeof c.weightRange === 'number' ? c.weightRange : c.weightRange.initial * (largest > 0 ? largest : 1),
    scaling: { per: c.scaling, learn: c.learnScaling },
  };
}

/** The largest number up to a limit by which lines can be divided, so that no array holds lines of two groups. */
function largestDivisor(lines: number, limit: number): number {
  let divisor = Math.min(lines, limit);
  while (lines % divisor !== 0) divisor--;
  return divisor;
}
