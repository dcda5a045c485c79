import { backend } from '@txsim/core';
import { z } from 'zod';
import { createTensorflow } from './create.js';

/** TensorFlow's C library under tfjs, if tfjs-node or tfjs-node-gpu is installed. */
export const tensorflow = backend({
  id: 'tensorflow',
  description: 'The TensorFlow library itself, on CPU or GPU; needs tfjs-node or tfjs-node-gpu.',
  config: z.strictObject({}),
  create: () => createTensorflow(),
});
