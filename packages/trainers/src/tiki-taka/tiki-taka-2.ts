import { updateRule } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { pulseFields, pulser } from '../pulsed/pulser.js';
import { buffer, bufferFields } from './buffer.js';
import { linesOf, readLines, transferFields } from './transfer.js';

/**
 * Tiki-Taka version 2: what is read of the fast array A goes through a digital buffer H, which gives the slow array C a
 * pulse when it holds one (`buffer`):
 *
 *     A ← A − fastRate · Σ xᵀd    pulses     H_k ← H_k + transferRate · rate · A_k     C_k gets trunc(H_k / θ) pulses
 *
 * So C needs no finer steps than it has. A must have its symmetry point at 0. Source: Gokmen, "Enabling training of neural
 * networks on noisy hardware", Front. Artif. Intell. 4:699148 (2021).
 */
export const tikiTaka2 = updateRule({
  id: 'tiki-taka-2',
  description: 'Gradients on a fast array, a digital buffer behind it, single pulses to the slow array.',
  citation: 'Gokmen, Frontiers in Artificial Intelligence 4:699148 (2021)',
  config: z.strictObject({ ...pulseFields, ...transferFields, ...bufferFields }),
  create: ({ config, ...context }) => ({
    significances: [1, 0],
    open: ({ arrays: [slow, fast], remember }) => {
      const learn = pulser(config, fast!, context);
      const add = buffer(config, slow!, remember, context.label);
      return (signal) => {
        learn({ ...signal, rate: config.fastRate ?? signal.rate });
        const lines = linesOf(signal.step, slow!.grid.inputs, config);
        if (lines) add(lines, tf.mul(readLines(fast!, lines), config.transferRate * signal.rate));
      };
    },
  }),
});
