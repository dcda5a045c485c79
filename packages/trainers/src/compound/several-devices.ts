import { updateRule } from '@txsim/core';
import { fillUniform } from '@txsim/ops';
import { z } from 'zod';
import { pulseFields, pulser } from '../pulsed/pulser.js';

/**
 * Several sets of arrays for one weight, W = Σ γ_k w_k, pulsed SGD on one of them or on all:
 *
 *     all          each set learns its share, Δw_k = −rate / (n γ_k) · Σ xᵀd
 *     sequential   set t mod n learns mini-batch t, Δw_k = −rate / γ_k · Σ xᵀd
 *     random       the same, the set drawn anew for each mini-batch
 *
 * so that ΔW = −rate · Σ xᵀd in the mean. Source: Boybat et al., "Neuromorphic computing with multi-memristive synapses",
 * Nat. Commun. 9:2514 (2018).
 */
export const severalDevices = updateRule({
  id: 'several-devices',
  description: 'Pulsed SGD on weights of several devices with significance factors.',
  citation: 'Boybat et al., Nature Communications 9:2514 (2018)',
  config: z.strictObject({
    ...pulseFields,
    significances: z
      .array(z.number().positive())
      .min(1)
      .max(16)
      .default([1, 1])
      .describe('how much each device counts in the weight, γ'),
    policy: z
      .enum(['all', 'sequential', 'random'])
      .default('sequential')
      .describe('which devices of a weight learn a mini-batch'),
  }),
  create: ({ config, ...context }) => ({
    significances: config.significances,
    open: ({ arrays }) => {
      const { policy, significances } = config;
      const count = arrays.length;
      const learn = arrays.map((each) => pulser(config, each, context));
      const stream = context.random(arrays[0]!.name, 'choice');
      const drawn = new Float32Array(1);
      const chosen = (step: number): number => {
        if (policy === 'sequential') return step % count;
        fillUniform(stream, step, 0, drawn);
        return Math.floor(drawn[0]! * count);
      };
      return (signal) => {
        if (policy === 'all')
          return learn.forEach((own, k) =>
            own({ ...signal, rate: signal.rate / (count * significances[k]!) }),
          );
        const k = chosen(signal.step);
        learn[k]!({ ...signal, rate: signal.rate / significances[k]! });
      };
    },
  }),
});
