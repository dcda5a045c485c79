import { updateRule, type WritableArrays } from '@txsim/core';
import { toTiles } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { pulseFields, pulser } from '../pulsed/pulser.js';

/**
 * Periodic carry: the devices of a weight are the digits of a number, W = Σ base^−k w_k. The lowest digit learns, and every
 * so often what a digit holds beyond a threshold is carried to the next higher one:
 *
 *     w_last ← w_last − base^last · rate · Σ xᵀd    pulses
 *     where |w_k| > threshold · wMax:   w_(k−1) ← w_(k−1) + w_k / base,   w_k ← 0    requested changes, each after a read
 *
 * Small changes thus meet a device whose step counts little. Source: Agarwal et al., "Achieving ideal accuracies in analog
 * neuromorphic computing using periodic carry", Symp. VLSI Technology 2017.
 */
export const periodicCarry = updateRule({
  id: 'periodic-carry',
  description: 'Weights of several digits; the lowest one learns, and overflow is carried now and then.',
  citation: 'Agarwal et al., Symposium on VLSI Technology 2017',
  config: z.strictObject({
    ...pulseFields,
    digits: z.int().min(2).max(8).default(2).describe('devices (or pairs) of a weight'),
    base: z
      .number()
      .gt(1)
      .max(64)
      .default(5)
      .describe('significance of a digit relative to the next lower one'),
    carryEvery: z.int().min(1).default(100).describe('mini-batches between two carries'),
    threshold: z
      .number()
      .min(0)
      .lt(1)
      .default(0.5)
      .describe('what a digit keeps to itself, fraction of wMax'),
  }),
  create: ({ config, ...context }) => {
    const { digits, base, carryEvery, threshold } = config;
    return {
      significances: Array.from({ length: digits }, (_, k) => base ** -k),
      open: ({ arrays }) => {
        const learn = pulser(config, arrays.at(-1)!, context);
        return (signal) => {
          learn({ ...signal, rate: signal.rate * base ** (digits - 1) });
          if ((signal.step + 1) % carryEvery > 0) return;
          for (let k = digits - 1; k > 0; k--) carry(arrays[k]!, arrays[k - 1]!, base, threshold);
        };
      },
    };
  },
});

/** Carries what the digit `from` holds beyond the threshold to the digit `to`. */
function carry(from: WritableArrays, to: WritableArrays, base: number, threshold: number): void {
  const held = from.forward(tf.eye(from.grid.inputs));
  const over = tf.cast(tf.greater(tf.abs(held), threshold * from.weightRange), 'float32');
  const moved = toTiles(tf.mul<tf.Tensor2D>(held, over), from.grid);
  to.write({ kind: 'delta', delta: tf.div<tf.Tensor4D>(moved, base) });
  from.write({ kind: 'delta', delta: tf.neg<tf.Tensor4D>(moved) });
}
