import { compensation } from '@txsim/core';
import { z } from 'zod';
import { ratio, referenceFields, unitVectors } from './reference.js';

/** A factor for each output: the mean |output| for reference vectors when the devices were fresh, over that now. */
export const perColumn = compensation({
  id: 'per-column',
  description: 'A factor for each output makes up for the mean drift of its column.',
  citation: 'aihwkit (Rasch et al., arXiv 2104.02184): per-column drift compensation',
  config: z.strictObject(referenceFields),
  create: ({ config: { vectors, reference } }) => ({
    vectors: (inputs) => unitVectors(vectors, inputs),
    factor: (outputs) => ratio(outputs, reference, 0),
  }),
});
