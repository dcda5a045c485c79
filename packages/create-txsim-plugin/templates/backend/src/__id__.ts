import { backend } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** Of tfjs, under which the kernels are registered. */
const NAME = '__id__';

/** tfjs' cpu engine under another name: a place for kernels of your own. */
export const __identifier__ = backend({
  id: '__id__',
  description: 'The kernels of cpu, and those that are registered here.',
  config: z.strictObject({}),
  create: () => ({
    // Below those that come with TxSim, so that it runs where it is asked for by name.
    priority: -1,
    probe: async () => ({ available: true, detail: 'runs everywhere' }),
    activate: async () => {
      if (!tf.engine().registryFactory[NAME]) register();
      await tf.setBackend(NAME);
    },
  }),
});

function register(): void {
  const { factory } = tf.engine().registryFactory['cpu']!;
  tf.registerBackend(NAME, factory);
  tf.copyRegisteredKernels('cpu', NAME);
}
