import type { RuleSite, WritableArrays } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { pulseStepOf } from '../pulsed/pulser.js';
import { oneLineEach, rowsOf, withRows, type Lines } from './transfer.js';

/** The configuration keys of rules with a digital buffer between two arrays. */
export const bufferFields = {
  threshold: z
    .number()
    .positive()
    .default(1)
    .describe('what the buffer must hold for one pulse, multiple of the mean step of a weight'),
  pulsesPerTransfer: z.int().min(1).max(31).default(1).describe('most pulses of a weight at one transfer'),
};

/** Adds to the rows of some lines, [count, outputs], what then becomes pulses. */
export type Buffer = (lines: Lines, more: tf.Tensor2D) => void;

/**
 * A digital buffer H[inputs, outputs] before an array: with θ = threshold · dw,
 *
 *     H_k ← H_k + more,   n = trunc(H_k / θ), at most `pulsesPerTransfer`,   H_k ← H_k − n θ,   n pulses to the array
 *
 * It filters what is added, because noise that cancels never becomes a pulse.
 */
export function buffer(
  { threshold, pulsesPerTransfer }: z.infer<z.ZodObject<typeof bufferFields>>,
  slow: WritableArrays,
  remember: RuleSite['remember'],
  label: string,
): Buffer {
  const { inputs, outputs } = slow.grid;
  const unit = threshold * pulseStepOf(slow, label);
  const held = remember('buffer', [inputs, outputs]);
  return (lines, more) => {
    const sum = tf.add<tf.Tensor2D>(rowsOf(held.value, lines), more);
    const whole = tf.mul(tf.sign(sum), tf.floor(tf.div(tf.abs(sum), unit)));
    const pulses = tf.clipByValue(whole, -pulsesPerTransfer, pulsesPerTransfer) as tf.Tensor2D;
    held.set(withRows(held.value, lines, tf.sub(sum, tf.mul(pulses, unit))));
    slow.write({ kind: 'trains', ...trainsOf(lines, pulses, inputs), firstSample: lines.number });
  };
}

/** Trains of coincidences as many as pulses, [count, outputs]: the line fires in every slot, an output in the first n. */
function trainsOf(lines: Lines, pulses: tf.Tensor2D, inputs: number): { x: tf.Tensor2D; d: tf.Tensor2D } {
  const always = tf.scalar(2 ** 31 - 1, 'int32');
  const fires = tf.gather(FIRST_SLOTS(), tf.cast(tf.abs(pulses), 'int32'));
  const down = tf.scalar(-(2 ** 31), 'int32');
  // A weight rises where the signs of x and d differ.
  const sign = tf.mul(tf.cast(tf.greater(pulses, 0), 'int32'), down);
  return { x: tf.mul(oneLineEach(lines, inputs), always), d: tf.add(fires, sign) };
}

/** Entry n has its n lowest bits set. */
const FIRST_SLOTS = (): tf.Tensor1D =>
  tf.tensor1d(
    Int32Array.from({ length: 32 }, (_, n) => 2 ** n - 1),
    'int32',
  );
