import { updateRule, type ContributionContext, type RuleSite, type UpdateSignal } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { pulseFields, pulser, type PulseConfig } from '../pulsed/pulser.js';
import { signalOf } from './signals.js';
import { linesOf, oneLineEach, transferFields, type TransferConfig } from './transfer.js';

/**
 * Pulses of the gradient go to the fast array A; every so many mini-batches a line of A is read and pulsed into the slow
 * array C.
 */
export function openTransfer(
  config: PulseConfig & TransferConfig,
  { arrays: [slow, fast] }: RuleSite,
  context: Pick<ContributionContext<unknown>, 'label' | 'random'>,
): (signal: UpdateSignal) => void {
  const [learn, receive] = [pulser(config, fast!, context), pulser(config, slow!, context)];
  const { inputs } = slow!.grid;
  return (signal) => {
    learn({ ...signal, rate: config.fastRate ?? signal.rate });
    const lines = linesOf(signal.step, inputs, config);
    if (!lines) return;
    const x = oneLineEach(lines, inputs);
    receive(signalOf(x, tf.neg(fast!.forward(x)), config.transferRate * signal.rate, lines.number, slow!));
  };
}

/**
 * Tiki-Taka: where the steps of a device up and down differ, pulses that cancel drive it to its symmetry point, and
 * stochastic gradient descent settles between that point and the optimum. Here the gradient goes to an array A that may be
 * driven so, and what A holds goes to C, which sees few pulses:
 *
 *     A ← A − fastRate · Σ xᵀd    pulses, every mini-batch
 *     C_k ← C_k + transferRate · rate · A_k    pulses, one line k after the other
 *     W = C + γ A
 *
 * A is at 0 at first and must have its symmetry point there: choose devices that are read against it, or a two-sided pair.
 * Source: Gokmen & Haensch, "Algorithm for training neural networks on resistive device arrays", Front. Neurosci. 14:103
 * (2020).
 */
export const tikiTaka = updateRule({
  id: 'tiki-taka',
  description: 'Gradients on a fast array, whose lines are pulsed into the slow one that holds the weights.',
  citation: 'Gokmen & Haensch, Frontiers in Neuroscience 14:103 (2020)',
  config: z.strictObject({
    ...pulseFields,
    ...transferFields,
    gamma: z.number().min(0).default(0).describe('how much the fast array counts in the weight, γ'),
  }),
  create: ({ config, ...context }) => ({
    significances: [1, config.gamma],
    open: (site) => openTransfer(config, site, context),
  }),
});
