import { compensation } from '@txsim/core';
import { z } from 'zod';
import { ratio, referenceFields, unitVectors } from './reference.js';

/**
 * One factor for all outputs of a matrix: the mean |output| for reference vectors when the devices were fresh, over that
 * now. It undoes a drift of all devices by one factor; what differs from device to device stays. Source: the global
 * drift compensation of Joshi et al., Nat. Commun. 11:2473 (2020), as in aihwkit.
 */
export const globalScale = compensation({
  id: 'global',
  description: 'One factor for all outputs of a matrix makes up for its mean drift.',
  citation: 'Joshi et al., Nat. Commun. 11:2473 (2020)',
  config: z.strictObject(referenceFields),
  create: ({ config: { vectors, reference } }) => ({
    vectors: (inputs) => unitVectors(vectors, inputs),
    factor: (outputs) => ratio(outputs, reference),
  }),
});
