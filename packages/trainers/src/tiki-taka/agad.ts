import { updateRule } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { pulseFields, pulser } from '../pulsed/pulser.js';
import { buffer, bufferFields } from './buffer.js';
import { turned } from './signals.js';
import { linesOf, readLines, rowsOf, transferFields, withRows } from './transfer.js';

/**
 * Analog gradient accumulation with dynamic reference: the sign c with which gradients go to the fast array A turns after
 * every `chopEvery` sweeps over its lines, and A is read against its own mean in the period before:
 *
 *     A ← A − fastRate · c · Σ xᵀd     H_k ← H_k + transferRate · rate · c (A_k − R_k)     C_k gets trunc(H_k / θ) pulses
 *     P_k ← (1 − β) P_k + β A_k at each read,   R_k ← P_k where c has turned,   β = min(1, tailWeight / chopEvery)
 *
 * Whatever A's symmetry point is, it is in A and in R. Source: Rasch et al., Nat. Commun. 15:7133 (2024), AGAD; the running
 * mean with its weight on the end of the period as in aihwkit.
 */
export const agad = updateRule({
  id: 'agad',
  description:
    'Gradients on a fast array with a sign that turns, read against its own mean of the period before.',
  citation: 'Rasch et al., Nature Communications 15:7133 (2024)',
  config: z.strictObject({
    ...pulseFields,
    ...transferFields,
    ...bufferFields,
    chopEvery: z.int().min(1).default(10).describe('sweeps over all lines between two turns of the sign'),
    tailWeight: z
      .number()
      .positive()
      .default(5)
      .describe('periods of a running mean that pass in one of the chopper: more looks at its end alone'),
  }),
  create: ({ config, ...context }) => ({
    significances: [1, 0],
    open: ({ arrays: [slow, fast], remember }) => {
      const { inputs, outputs } = slow!.grid;
      const learn = pulser(config, fast!, context);
      const add = buffer(config, slow!, remember, context.label);
      const [mean, reference] = [
        remember('mean', [inputs, outputs]),
        remember('reference', [inputs, outputs]),
      ];
      const beta = Math.min(1, config.tailWeight / config.chopEvery);
      return (signal) => {
        const period = Math.floor(sweepOf(signal.step, inputs, config) / config.chopEvery);
        const sign = period % 2 === 0 ? 1 : -1;
        learn({ ...(sign === 1 ? signal : turned(signal)), rate: config.fastRate ?? signal.rate });
        const lines = linesOf(signal.step, inputs, config);
        if (!lines) return;
        if (lines.sweep % config.chopEvery === 0)
          reference.set(withRows(reference.value, lines, rowsOf(mean.value, lines)));
        const read = readLines(fast!, lines);
        const change = tf.sub<tf.Tensor2D>(read, rowsOf(reference.value, lines));
        add(lines, tf.mul(change, sign * config.transferRate * signal.rate));
        const before = rowsOf(mean.value, lines);
        mean.set(withRows(mean.value, lines, tf.add(before, tf.mul(tf.sub(read, before), beta))));
      };
    },
  }),
});

/** The sweep in which a mini-batch falls: that of the next transfer. */
function sweepOf(
  step: number,
  inputs: number,
  config: { transferEvery: number; linesPerTransfer: number },
): number {
  const next = Math.ceil((step + 1) / config.transferEvery) * config.transferEvery - 1;
  return linesOf(next, inputs, config)!.sweep;
}
