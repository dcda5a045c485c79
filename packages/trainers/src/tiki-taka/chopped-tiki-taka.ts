import { updateRule } from '@txsim/core';
import { fillUniform } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { pulseFields, pulser } from '../pulsed/pulser.js';
import { buffer, bufferFields } from './buffer.js';
import { chopped } from './signals.js';
import { linesOf, readLines, rowsOf, transferFields, withRows } from './transfer.js';

/**
 * Chopped Tiki-Taka version 2: each input line k has a chopper c_k = ±1, with which gradients go to the fast array and what
 * is read comes back, so that what A holds whatever the gradient is, an offset of its symmetry point, cancels in the buffer:
 *
 *     A ← A − fastRate · Σ (c ∘ x)ᵀd     H_k ← H_k + transferRate · rate · c_k A_k     C_k gets trunc(H_k / θ) pulses
 *
 * After its transfer a line's chopper turns with a probability. Source: Rasch et al., "Fast and robust analog in-memory
 * deep neural network training", Nat. Commun. 15:7133 (2024), c-TTv2.
 */
export const choppedTikiTaka = updateRule({
  id: 'chopped-tiki-taka',
  description: 'Tiki-Taka version 2 with signs that change, under which offsets of the fast array cancel.',
  citation: 'Rasch et al., Nature Communications 15:7133 (2024)',
  config: z.strictObject({
    ...pulseFields,
    ...transferFields,
    ...bufferFields,
    chopProbability: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .describe("probability that a line's chopper turns after its transfer"),
  }),
  create: ({ config, ...context }) => ({
    significances: [1, 0],
    open: ({ arrays: [slow, fast], remember }) => {
      const { inputs } = slow!.grid;
      const learn = pulser(config, fast!, context);
      const add = buffer(config, slow!, remember, context.label);
      const stream = context.random(slow!.name, 'chopper');
      // 1 where a chopper is −1: memory begins with zeros.
      const turned = remember('turned', [inputs]);
      const signs = (of: tf.Tensor): tf.Tensor => tf.sub(1, tf.mul(2, of));
      return (signal) => {
        const rate = config.fastRate ?? signal.rate;
        learn({ ...chopped(signal, signs(turned.value), fast!), rate });
        const lines = linesOf(signal.step, inputs, config);
        if (!lines) return;
        const now = rowsOf(turned.value, lines);
        const read = tf.mul(readLines(fast!, lines), signs(now).reshape([-1, 1]));
        add(lines, tf.mul(read, config.transferRate * signal.rate));
        const draws = new Float32Array(lines.count);
        fillUniform(stream, lines.number, 0, draws);
        const turns = tf.tensor1d(draws.map((u) => (u < config.chopProbability ? 1 : 0)));
        turned.set(withRows(turned.value, lines, tf.abs(tf.sub(now, turns))));
      };
    },
  }),
});
