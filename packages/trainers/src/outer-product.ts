import { updateRule } from '@txsim/core';
import { z } from 'zod';

/** The digital gradient as one request per device and mini-batch: ΔW = −rate · Σ_b x_b ⊗ d_b. */
export const outerProduct = updateRule({
  id: 'outer-product',
  description: 'The gradient of the mini-batch, formed digitally, as one requested change per device.',
  citation: 'Roy et al., arXiv 2002.11151 (TxSim): weight update',
  config: z.strictObject({}),
  create: () => ({
    open:
      ({ arrays: [arrays] }) =>
      ({ gradient, rate }) =>
        arrays!.write({ kind: 'delta', delta: gradient(-rate) }),
  }),
});
