import {
  PluginError,
  type ContributionContext,
  type SignalPart,
  type UpdateSignal,
  type WritableArrays,
} from '@txsim/core';
import { countCoincidences, countProducts, pulseTrains, RunningSum, type PulseCounts } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { pulseScales, type PulseScale } from './pulse-scale.js';

const PULSES = ['stochastic', 'mean-count', 'deterministic-implicit', 'none'] as const;

/** The configuration keys of rules that let pulses of x and d act on arrays. */
export const pulseFields = {
  pulses: z.enum(PULSES).default('stochastic').describe('how the pulses of a weight come about'),
  application: z
    .enum(['exact', 'aggregated'])
    .default('exact')
    .describe('sample after sample and pulse by pulse, or counted over the batch and written in two bursts'),
  bitLength: z.int().min(1).max(31).default(31).describe('longest train, slots'),
  manageBitLength: z.boolean().default(true).describe('trains no longer than the largest change needs'),
  manageUpdate: z.boolean().default(true).describe('rows and columns reach the same largest probability'),
};

/** A configuration with the keys of {@link pulseFields}. */
export type PulseConfig = z.infer<z.ZodObject<typeof pulseFields>>;

/** What of a mini-batch becomes pulses. */
export type PulsedSignal = Omit<UpdateSignal, 'step'>;

/**
 * Changes arrays in place by coincidences of pulses on rows and columns, ΔW = −rate · xᵀd in the mean. p_x, p_d, BL as in
 * `pulseScales`:
 *
 *     stochastic               trains of BL independent bits on each line; a pulse where row and column both fire
 *     mean-count               round(c_x · c_d / BL) pulses, c = round(BL · p)
 *     deterministic-implicit   round(BL · p_x · p_d) pulses
 *     none                     the floating-point change, as the outer product
 *
 * Pulses are applied sample after sample, pulse by pulse (`exact`), or counted over the batch and written in two bursts
 * (`aggregated`): all pulses of a batch then start from one conductance, which is wrong by n(n−1)/2 · step · ∂step/∂g for n
 * pulses, and exact for constant steps inside the window. Exact counts take as many writes of each sample as a train has
 * slots. Halves are rounded to the even number.
 *
 * Source: Gokmen & Vlasov 2016 (trains); kinds of pulses and management as in aihwkit.
 *
 * @throws PluginError UPDATE_UNSUPPORTED if pulses are wanted and the arrays take none
 */
export function pulser(
  config: PulseConfig,
  arrays: WritableArrays,
  { label, random }: Pick<ContributionContext<unknown>, 'label' | 'random'>,
): (signal: PulsedSignal) => void {
  if (config.pulses === 'none')
    return ({ gradient, rate }) => arrays.write({ kind: 'delta', delta: gradient(-rate) });
  const step = pulseStepOf(arrays, label);
  const [rows, columns] = [random(arrays.name, 'rows'), random(arrays.name, 'columns')];
  const trainsOf = ({ x, d, firstSample }: SignalPart, scale: PulseScale) => ({
    x: pulseTrains(x, scale.rows, scale.slots, rows, firstSample),
    d: pulseTrains(d, scale.columns, scale.slots, columns, firstSample),
  });
  const { grid } = arrays;
  const countsOf = (part: SignalPart, scale: PulseScale): PulseCounts => {
    if (config.pulses !== 'stochastic') return counted(part, scale, config.pulses === 'mean-count', grid);
    const { x, d } = trainsOf(part, scale);
    return countCoincidences(x, d, grid);
  };
  /** Counts of one sample, of which every weight has one direction: each write is of one pulse where there are more. */
  const inTurn = ({ up, down }: PulseCounts): void => {
    const left = (counts: tf.Tensor4D, n: number) => tf.cast(tf.greater(counts, n), 'float32') as tf.Tensor4D;
    for (let n = 0; n < config.bitLength; n++)
      tf.tidy(() => arrays.write({ kind: 'counts', up: left(up, n), down: left(down, n) }));
  };
  const exact = config.application === 'exact';
  const scaleOf = pulseScales(step, config);
  return (signal) => {
    const scale = scaleOf(signal);
    if (exact && config.pulses === 'stochastic') {
      return signal.forEachPart((part) => {
        const { x, d } = trainsOf(part, scale);
        arrays.write({ kind: 'trains', x, d, firstSample: part.firstSample });
      });
    }
    if (exact)
      return signal.forEachPart((part) => forEachSample(part, (one) => inTurn(countsOf(one, scale))));
    const [up, down] = [new RunningSum<tf.Tensor4D>(), new RunningSum<tf.Tensor4D>()];
    signal.forEachPart((part) => {
      const counts = countsOf(part, scale);
      up.add(() => counts.up.clone());
      down.add(() => counts.down.clone());
    });
    arrays.write({ kind: 'counts', up: up.take(), down: down.take() });
  };
}

/** The mean change of a weight by one pulse. @throws PluginError UPDATE_UNSUPPORTED if the arrays take no pulses */
export function pulseStepOf({ pulseStep }: WritableArrays, label: string): number {
  if (pulseStep !== undefined) return pulseStep;
  const needed =
    'pulses need a device model that tells what one pulse does and a mapping that tells which device gets it';
  const advice =
    'the stack has not both (of the mappings, "mapping/bit-slicing" only with carry "none"). Use such ones, or a rule that asks for changes: "trainers/outer-product", "trainers/momentum", "trainers/adam"';
  throw new PluginError('UPDATE_UNSUPPORTED', label, `${needed}; ${advice}`);
}

/** Shows the samples of a part one after the other. */
function forEachSample({ x, d, firstSample }: SignalPart, visit: (sample: SignalPart) => void): void {
  for (let s = 0; s < x.shape[0]; s++)
    tf.tidy(() => visit({ x: x.slice([s, 0], [1, -1]), d: d.slice([s, 0], [1, -1]), firstSample: firstSample + s })); // prettier-ignore
}

function counted(
  { x, d }: SignalPart,
  { slots, rows, columns }: PulseScale,
  meanCount: boolean,
  grid: WritableArrays['grid'],
): PulseCounts {
  const inUnits = (v: tf.Tensor2D, scale: tf.Scalar): tf.Tensor2D =>
    tf.clipByValue(tf.mul<tf.Tensor2D>(v, scale), -1, 1);
  const [px, pd] = [inUnits(x, rows), inUnits(d, columns)];
  const countsOfRows = tf.mul<tf.Tensor2D>(px, slots);
  if (!meanCount) return countProducts(countsOfRows, pd, tf.scalar(1), grid);
  return countProducts(tf.round(countsOfRows), tf.round(tf.mul<tf.Tensor2D>(pd, slots)), slots, grid);
}
