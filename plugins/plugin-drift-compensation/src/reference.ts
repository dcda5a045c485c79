import type { ReferenceOutputs } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** Outputs below this tell nothing: no factor grows beyond what it leaves. */
const NOTHING = 1e-20;

/** The configuration of all compensations. */
export const referenceFields = {
  vectors: z
    .int()
    .min(1)
    .default(256)
    .describe('reference vectors: inputs driven one at a time, at most so many, evenly over the rows; count'),
  reference: z
    .enum(['read', 'exact'])
    .default('read')
    .describe('what drifted reads are compared with: reads of the fresh devices, or their exact weights'),
};

export type ReferenceConfig = z.infer<z.ZodObject<typeof referenceFields>>;

/** Unit vectors of evenly spaced inputs, [min(count, inputs), inputs]. */
export const unitVectors = (count: number, inputs: number): tf.Tensor2D =>
  tf.tidy(() => {
    const used = Math.min(count, inputs);
    const lines = Array.from({ length: used }, (_, k) => Math.floor((k * inputs) / used));
    return tf.oneHot(tf.tensor1d(lines, 'int32'), inputs).toFloat() as tf.Tensor2D;
  });

/** Mean |reference| over mean |now|, over all outputs or per output. */
export function ratio(
  { before, exact, now }: ReferenceOutputs,
  reference: ReferenceConfig['reference'],
  axis?: number,
): tf.Tensor {
  return tf.tidy(() => {
    const size = (outputs: tf.Tensor2D): tf.Tensor => tf.mean(tf.abs(outputs), axis);
    const [wanted, found] = [size(reference === 'read' ? before : exact), size(now)];
    const usable = tf.logicalAnd(tf.greater(wanted, NOTHING), tf.greater(found, NOTHING));
    return tf.where(usable, tf.div(wanted, tf.maximum(found, NOTHING)), tf.onesLike(wanted));
  });
}
