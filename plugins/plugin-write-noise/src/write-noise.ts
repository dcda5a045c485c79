import { conductanceRange, nonIdeality, type UpdateSite } from '@txsim/core';
import { abs, add, multiply, normal, sign, sqrt, subtract, type Expression } from '@txsim/ops';
import { z } from 'zod';

const DEFINITIONS = ['txsim', 'pulse-relative', 'range-relative'] as const;
type Definition = (typeof DEFINITIONS)[number];

/**
 * Noise of each write, by three definitions that must not be mixed. ΔG is the change that the device's response
 * gives, R = gMax − gMin, ξ ~ N(0, 1):
 *
 *     txsim            γ/100 · √(|ΔG|·R) · ξ      γ in percent; Roy et al., arXiv 2002.11151
 *     pulse-relative   γ/100 · |ΔG| · ξ           γ in percent of the step; Gokmen & Vlasov 2016
 *     range-relative   γ/100 · R · ξ, per write   γ in percent of the range; NeuroSim (MLP+NeuroSim 3.0 manual)
 *
 * A device that is asked for no change is not written and gets no noise.
 */
export const writeNoise = nonIdeality({
  id: 'write-noise',
  description: 'Gaussian write noise, added to every change of conductance.',
  citation: 'Roy et al., arXiv 2002.11151 (TxSim); Gokmen & Vlasov 2016; MLP+NeuroSim 3.0 manual',
  config: z.strictObject({
    gamma: z.number().min(0).max(1000).default(3).describe('strength γ, percent'),
    definition: z
      .enum(DEFINITIONS)
      .default('txsim')
      .describe('txsim: γ√(|ΔG|·range); pulse-relative: γ|ΔG|; range-relative: γ·range per write'),
  }),
  create: ({ config: { gamma, definition } }) => ({
    effects: [
      {
        stage: 'update',
        apply: (written, site) =>
          add(written, multiply(deviation(definition, gamma / 100, written, site), normal('write'))),
      },
    ],
  }),
});

function deviation(
  definition: Definition,
  strength: number,
  written: Expression,
  { before, request, window }: UpdateSite,
): Expression {
  const range = conductanceRange(window);
  const change = abs(subtract(written, before));
  switch (definition) {
    case 'txsim':
      // √(|ΔG|/R)·R is √(|ΔG|·R), with all factors near 1 in float32.
      return multiply(sqrt(multiply(change, 1 / range)), strength * range);
    case 'pulse-relative':
      return multiply(change, strength);
    case 'range-relative':
      return multiply(abs(sign(request)), strength * range);
  }
}
