import { speedupPolicy, type SpeedupSession } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** Solves every `every` steps, and takes the loss of the last solution from the present conductances in between. */
export const __identifier__ = speedupPolicy({
  id: '__id__',
  description:
    'Solves the wires every few steps and keeps the loss of the last solution in between. Source: ….',
  config: z.strictObject({
    every: z.int().min(1).default(10).describe('steps between solutions'),
  }),
  create: ({ config: { every } }) => ({ open: () => openSession(every) }),
});

/** The memory of one plane and direction. */
function openSession(every: number): SpeedupSession {
  let loss: tf.Tensor4D | undefined;
  let solvedAt = 0;
  const dispose = (): void => {
    loss?.dispose();
    loss = undefined;
  };
  return {
    effective: (g, step, solve) => {
      if (loss && step < solvedAt + every) return tf.sub(g, loss);
      const effective = solve(g);
      dispose();
      loss = tf.keep(tf.sub(g, effective) as tf.Tensor4D);
      solvedAt = step;
      return effective;
    },
    save: (): Record<string, tf.Tensor> =>
      loss ? { loss: loss.clone(), solvedAt: tf.scalar(solvedAt, 'int32') } : {},
    load: async (saved) => {
      dispose();
      if (!saved.loss || !saved.solvedAt) return;
      loss = tf.keep(saved.loss.clone() as tf.Tensor4D);
      solvedAt = (await saved.solvedAt.data())[0]!;
    },
    dispose,
  };
}
