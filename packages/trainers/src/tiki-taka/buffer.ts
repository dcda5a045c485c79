import type { RuleSite, WritableArrays } from '@txsim/core';
import { add, clamp, countedTrains, evaluateAll, input, negate, SLOTS } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { pulseStepOf } from '../pulsed/pulser.js';
import { wholePulses } from '../pulsed/whole-pulses.js';
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
  const sum = add(input('held'), input('more'));
  const { pulses, rest } = wholePulses(sum, unit, (n) => clamp(n, -pulsesPerTransfer, pulsesPerTransfer));
  const expressions = [negate(pulses), rest];
  return (lines, more) => {
    const [down, left] = evaluateAll(expressions, { held: rowsOf(held.value, lines), more }, more.shape);
    held.set(withRows(held.value, lines, left!));
    // Lines fire in every slot. A weight rises where the signs of x and d differ.
    const x = countedTrains(tf.mul(oneLineEach(lines, inputs), SLOTS));
    const d = countedTrains(down as tf.Tensor2D);
    slow.write({ kind: 'trains', x, d, firstSample: lines.number });
  };
}
