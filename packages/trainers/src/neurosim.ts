import { PluginError, updateRule } from '@txsim/core';
import {
  abs,
  add,
  divide,
  evaluateAll,
  floor,
  input,
  less,
  minimum,
  multiply,
  planeShape,
  select,
  sign,
} from '@txsim/ops';
import type * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/**
 * NeuroSim's rule: the digital gradient in whole pulses, those that do not reach one half are lost. With P the pulses from
 * end to end of the window, of potentiation or depression, and V the weight that a whole window means,
 *
 *     n = min(⌊|ΔW| · P / V + ½⌋, P),   asked for: ± n V / P,   ΔW = −rate · Σ xᵀd
 *
 * Source: Chen, Peng, Yu, "NeuroSim+", IEDM 2017; MLP+NeuroSim 3.0 (weight update of analog devices).
 */
export const neurosim = updateRule({
  id: 'neurosim',
  description:
    'The digital gradient, rounded to whole pulses of a device that is stated by its number of states.',
  citation: 'Chen, Peng, Yu, IEDM 2017; MLP+NeuroSim 3.0 manual',
  config: z.strictObject({
    rateFactor: z
      .record(z.string(), z.number().positive())
      .default({})
      .describe('multiples of the learning rate for some matrices, by name'),
  }),
  create: ({ config, label }) => ({
    open: ({ arrays: [arrays] }) => {
      const { states, windowWeight, grid, name } = arrays!;
      if (!states || !windowWeight) throw noStates(label);
      const factor = config.rateFactor[name] ?? 1;
      const change = input('change');
      const across = select(less(0, change), states.up, states.down);
      const pulses = minimum(floor(add(divide(multiply(abs(change), across), windowWeight), 0.5)), across);
      const asked = [divide(multiply(sign(change), pulses, windowWeight), across)];
      return ({ gradient, rate }) => {
        const inputs = { change: gradient(-rate * factor) };
        const [delta] = evaluateAll(asked, inputs, planeShape(grid), undefined, UNASKED);
        arrays!.write({ kind: 'delta', delta: delta as tf.Tensor4D });
      };
    },
  }),
});

/** Where no change is wanted, none is asked for. */
const UNASKED = { states: ['change'], requests: ['change'] };

const noStates = (label: string): PluginError =>
  new PluginError(
    'UPDATE_UNSUPPORTED',
    label,
    'it counts pulses from end to end of the window; use a device that states them, such as "device-models/neurosim-exponential" or a preset of it, and a mapping that takes pulses',
  );
