import { wireModel } from '@txsim/core';
import { effectiveConductance, type LineResistances } from '@txsim/ops';
import { z } from 'zod';

const ohms = (fallback: number) => z.number().min(0).max(1e9).default(fallback);

/**
 * Wire, source and sink resistance with sneak paths, in the closed form of `@txsim/ops` `effectiveConductance`.
 *
 * A line's resistance belongs to its end, not to its role: `source` sits at the word lines' terminals and `sink` at
 * the bit lines', in both directions, so one effective matrix serves forward and backward. Where the periphery of the
 * transposed operation differs, `backward` gives its values at the same ends, and that is a second evaluation.
 */
export const wireResistance = wireModel({
  id: 'wire-resistance',
  description:
    'Resistance of wires, sources and sinks with sneak paths: exact line profiles plus a rank-one correction.',
  citation:
    'docs/reference/wire-solver.md; the role of the Fast Crossbar Model in Roy et al., arXiv 2002.11151',
  config: z.strictObject({
    method: z.enum(['auto', 'ladder']).default('auto').describe('how the network is solved; auto is ladder'),
    row: ohms(2.5).describe('one segment of a word line, ohms'),
    column: ohms(2.5).describe('one segment of a bit line, ohms'),
    source: ohms(500).describe('in front of each word line, ohms'),
    sink: ohms(100).describe('behind each bit line, ohms'),
    backward: z
      .strictObject({
        source: z.number().min(0).describe('at each word line when it is sensed, ohms'),
        sink: z.number().min(0).describe('at each bit line when it is driven, ohms'),
      })
      .optional()
      .describe('terminal resistances of the transposed operation, where they differ'),
  }),
  create: ({ config: { row, column, source, sink, backward } }) => {
    const lines = (rowTerminal: number, columnTerminal: number): LineResistances => ({
      row,
      column,
      rowEnd: row + rowTerminal,
      columnEnd: column + columnTerminal,
    });
    const forward = lines(source, sink);
    const transposed = backward ? lines(backward.source, backward.sink) : forward;
    return {
      reciprocal: transposed.rowEnd === forward.rowEnd && transposed.columnEnd === forward.columnEnd,
      effective: (g, direction) => effectiveConductance(g, direction === 'forward' ? forward : transposed),
    };
  },
});
