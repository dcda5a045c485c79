import { backend } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** tfjs in plain JavaScript, with the reference compositions of every operation: slow, and the truth. */
export const cpu = backend({
  id: 'cpu',
  description: 'Plain JavaScript; every operation in its reference composition.',
  config: z.strictObject({}),
  create: () => ({
    priority: 0,
    probe: async () => ({ available: true, detail: 'plain JavaScript' }),
    activate: async () => {
      await tf.setBackend('cpu');
    },
  }),
});
