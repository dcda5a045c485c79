import { updateRule } from '@txsim/core';
import { z } from 'zod';
import { pulseFields } from '../pulsed/pulser.js';
import { openTransfer } from './tiki-taka.js';
import { transferFields } from './transfer.js';

/**
 * Residual learning: the residual array P counts in the weight, learns what W still lacks, and W follows it until P is at
 * its symmetry point and nothing is lacking:
 *
 *     weight W + γ P     P ← P − fastRate · Σ xᵀd     W_k ← W_k + transferRate · rate · P_k, line by line
 *
 * Source: Wu et al., "Analog in-memory training on general non-ideal resistive elements: the impact of response
 * functions", arXiv 2502.06309 (NeurIPS 2025).
 */
export const residualLearning = updateRule({
  id: 'residual-learning',
  description: 'A residual array that counts in the weight learns, and the main array follows it.',
  citation: 'Wu et al., arXiv 2502.06309',
  config: z.strictObject({
    ...pulseFields,
    ...transferFields,
    gamma: z.number().positive().default(0.1).describe('how much the residual array counts in the weight, γ'),
  }),
  create: ({ config, ...context }) => ({
    significances: [1, config.gamma],
    open: (site) => openTransfer(config, site, context),
  }),
});
