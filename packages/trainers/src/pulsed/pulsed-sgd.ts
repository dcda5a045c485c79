import { PluginError, updateRule, type UpdateRequest, type UpdateSignal } from '@txsim/core';
import { countCoincidences, countProducts, pulseTrains, tileOuter, type RandomStream } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { pulseScale, type PulseScale } from './pulse-scale.js';

const PULSES = ['stochastic', 'mean-count', 'deterministic-implicit', 'none'] as const;

/**
 * Pulsed stochastic gradient descent: the arrays are updated in place by coincidences of pulses on rows and columns,
 * ΔW = −rate · xᵀd in the mean. p_x, p_d, BL as in `pulseScale`:
 *
 *     stochastic               trains of BL independent bits on each line; a pulse where row and column both fire
 *     mean-count               round(c_x · c_d / BL) pulses, c = round(BL · p)
 *     deterministic-implicit   round(BL · p_x · p_d) pulses
 *     none                     the floating-point change, as the outer product
 *
 * Stochastic trains are applied sample after sample, pulse by pulse (`exact`), or their coincidences are counted over the
 * batch and written in two bursts (`aggregated`): all pulses of a batch then start from one conductance, which is wrong by
 * n(n−1)/2 · step · ∂step/∂g for n pulses, and exact for constant steps inside the window. Pulses that are counted in the
 * first place are always written that way. Halves are rounded to the even number.
 *
 * Source: Gokmen & Vlasov 2016 (trains); kinds of pulses and management as in aihwkit.
 */
export const pulsedSgd = updateRule({
  id: 'pulsed-sgd',
  description: 'In-array update by coincidences of pulse trains on rows and columns.',
  citation:
    'Gokmen & Vlasov, Frontiers in Neuroscience 10 (2016); Gokmen, Onen, Haensch, Frontiers in Neuroscience 11 (2017)',
  config: z.strictObject({
    pulses: z.enum(PULSES).default('stochastic').describe('how the pulses of a weight come about'),
    application: z
      .enum(['exact', 'aggregated'])
      .default('exact')
      .describe('stochastic trains: pulse by pulse, or counted over the batch and written in two bursts'),
    bitLength: z.int().min(1).max(31).default(31).describe('longest train, slots'),
    manageBitLength: z.boolean().default(true).describe('trains no longer than the largest change needs'),
    manageUpdate: z.boolean().default(true).describe('rows and columns reach the same largest probability'),
  }),
  create: ({ config, label, random }) => {
    const streams = new Map<string, RandomStream>();
    const stream = (matrix: string, lines: string): RandomStream => {
      const key = `${lines}/${matrix}`;
      if (!streams.has(key)) streams.set(key, random(matrix, lines));
      return streams.get(key)!;
    };
    const trains = (signal: UpdateSignal, { slots, rows, columns }: PulseScale) => ({
      x: pulseTrains(signal.x, rows, slots, stream(signal.name, 'rows'), signal.firstSample),
      d: pulseTrains(signal.d, columns, slots, stream(signal.name, 'columns'), signal.firstSample),
    });
    const request = (signal: UpdateSignal): UpdateRequest => {
      const { x, d, rate, grid, firstSample, pulseStep } = signal;
      if (config.pulses === 'none') return { kind: 'delta', delta: tileOuter(x, tf.mul(d, -rate), grid) };
      if (pulseStep === undefined) throw noStep(label);
      const scale = pulseScale(signal, pulseStep, config);
      if (config.pulses !== 'stochastic')
        return { kind: 'counts', ...counted(signal, scale, config.pulses === 'mean-count') };
      const { x: rows, d: columns } = trains(signal, scale);
      if (config.application === 'exact') return { kind: 'trains', x: rows, d: columns, firstSample };
      return { kind: 'counts', ...countCoincidences(rows, columns, grid) };
    };
    return { request: (signal) => tf.tidy(() => request(signal)) };
  },
});

function counted(
  { x, d, grid }: UpdateSignal,
  { slots, rows, columns }: PulseScale,
  meanCount: boolean,
): ReturnType<typeof countProducts> {
  const inUnits = (v: tf.Tensor2D, scale: tf.Scalar): tf.Tensor2D =>
    tf.clipByValue(tf.mul<tf.Tensor2D>(v, scale), -1, 1);
  const [px, pd] = [inUnits(x, rows), inUnits(d, columns)];
  const countsOfRows = tf.mul<tf.Tensor2D>(px, slots);
  if (!meanCount) return countProducts(countsOfRows, pd, tf.scalar(1), grid);
  return countProducts(tf.round(countsOfRows), tf.round(tf.mul<tf.Tensor2D>(pd, slots)), slots, grid);
}

const noStep = (label: string): PluginError =>
  new PluginError(
    'UPDATE_UNSUPPORTED',
    label,
    'pulses need a device model that tells what one pulse does and a mapping that tells which device gets it; the stack has not both. Use such ones, or updateRule "trainers/outer-product"',
  );
