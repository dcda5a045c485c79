import { updateRule } from '@txsim/core';
import { add, evaluateAll, input, planeShape } from '@txsim/ops';
import type * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { pulseStepOf } from './pulsed/pulser.js';
import { wholePulses } from './pulsed/whole-pulses.js';

/**
 * Mixed precision: gradients are formed and added up digitally, and what has become whole pulses is written. With dw the
 * mean change of a weight by one pulse,
 *
 *     χ ← χ − rate · Σ xᵀd,   n = trunc(χ / dw),   χ ← χ − n · dw,   n pulses
 *
 * so that Σ n · dw + χ is the sum of all that was asked for: no pulse is lost, however many one write needs. The n pulses
 * of a write are one burst.
 *
 * Source: Nandakumar et al., "Mixed-precision deep learning based on computational memory", Front. Neurosci. 14:406 (2020).
 */
export const mixedPrecision = updateRule({
  id: 'mixed-precision',
  description: 'Gradients added up digitally; whole pulses of the sum are written.',
  citation: 'Nandakumar et al., Frontiers in Neuroscience 14:406 (2020)',
  config: z.strictObject({
    writeEvery: z.int().min(1).default(1).describe('mini-batches between two writes'),
  }),
  create: ({ config: { writeEvery }, label }) => ({
    open: ({ arrays: [arrays], remember }) => {
      const { grid } = arrays!;
      const dw = pulseStepOf(arrays!, label);
      const chi = remember('chi', planeShape(grid));
      const sum = add(input('chi'), input('change'));
      const { pulses, rest } = wholePulses(sum, dw);
      const written = [pulses, rest];
      const kept = [sum];
      return ({ gradient, rate, step }) => {
        const inputs = { chi: chi.value, change: gradient(-rate) };
        if ((step + 1) % writeEvery > 0) return chi.set(evaluateAll(kept, inputs, planeShape(grid))[0]!);
        const [n, left] = evaluateAll(written, inputs, planeShape(grid));
        chi.set(left!);
        arrays!.write({ kind: 'net', pulses: n as tf.Tensor4D });
      };
    },
  }),
});
