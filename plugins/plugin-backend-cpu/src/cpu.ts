import { backend } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { registerKernels } from './exact-network.js';

/** tfjs in plain JavaScript, with the reference compositions of every operation but the exact solution of wires: slow, and the truth. */
export const cpu = backend({
  id: 'cpu',
  description: 'Plain JavaScript; operations in their reference compositions.',
  config: z.strictObject({}),
  create: () => ({
    priority: 0,
    probe: async () => ({ available: true, detail: 'plain JavaScript' }),
    activate: async () => {
      await tf.setBackend('cpu');
      registerKernels();
    },
  }),
});
