import {
  add,
  burst,
  clamp,
  constant,
  countCoincidences,
  evaluate,
  input,
  multiply,
  normal,
  planeShape,
  pulsedUpdate,
  pulseTrains,
  randomStream,
  select,
  subtract,
  UP,
  type Expression,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { timed, type Benchmark } from './benchmark.js';

const [LINES, BATCH, SLOTS] = [512, 64, 31];
/** The tiles of the devices. */
export const GRID = { inputs: LINES, outputs: LINES, tileRows: 8, tileColumns: 8, rows: 64, columns: 64 };
/** The highest probability of a line to fire in a slot; the mean is half of it: 31 · 0.1² = 0.31 coincidences. */
const LARGEST = 0.2;
/** Of the pulses. */
export const NOISE = { streams: (name: string) => randomStream(1, name), draw: 0 };

/** w ± a(1 ∓ w)(1 + 0.3 ξ), a = 0.002: soft bounds with noise from cycle to cycle. */
const pulse = (up: Expression): Expression => {
  const room = subtract(select(up, 1, -1), input('w'));
  return add(input('w'), multiply(room, add(0.002, multiply(0.0006, normal('c2c')))));
};
const exactly = { state: ['w'], next: [clamp(pulse(input(UP)), -1, 1)] };
const inBursts = (name: 'up' | 'down'): Expression =>
  burst(pulse(constant(name === 'up' ? 1 : 0)), input('w'), input(name));
const aggregated = clamp(subtract(add(inBursts('up'), inBursts('down')), input('w')), -1, 1);

interface Update {
  readonly w: tf.Tensor;
  readonly x: tf.Tensor2D;
  readonly d: tf.Tensor2D;
}

const WAYS: Readonly<Record<string, (update: Update) => tf.Tensor[]>> = {
  exact: ({ w, x, d }) => pulsedUpdate(x, d, { w }, exactly, GRID, NOISE),
  aggregated: ({ w, x, d }) => {
    const { up, down } = countCoincidences(x, d, GRID);
    const next = evaluate(aggregated, { w, up, down }, planeShape(GRID), NOISE);
    tf.dispose([up, down]);
    return [next];
  },
};

/**
 * The update of 512 × 512 devices by the pulse trains of 64 samples, about 0.3 coincidences per weight and sample: one
 * pulse after the other, or counted and told to each device as a whole.
 */
export const pulses: readonly Benchmark[] = Object.entries(WAYS).map(([way, update]) =>
  timed({
    name: `pulsed update ${LINES} × ${LINES}, batch ${BATCH}, ${way}`,
    unit: 'ms',
    of: (ms) => ms,
    headline: 'best',
    open: () => {
      const tensors = tf.tidy(() => ({
        w: planeOf(-0.5, 0.5),
        ...batchOfTrains(),
      }));
      return { action: () => tf.dispose(update(tensors)), dispose: () => tf.dispose(tensors) };
    },
  }),
);

/** A state between two limits for each device. */
export const planeOf = (low: number, high: number): tf.Tensor =>
  tf.randomUniform(planeShape(GRID), low, high, 'float32', 1);

/** The trains of a batch. */
export const batchOfTrains = (): { x: tf.Tensor2D; d: tf.Tensor2D } => ({
  x: trains('rows', 0),
  d: trains('columns', -LARGEST),
});

/** Trains of lines that fire with a probability up to `LARGEST` in each slot. */
function trains(name: string, least: number): tf.Tensor2D {
  const values = tf.randomUniform<tf.Rank.R2>([BATCH, LINES], least, LARGEST, 'float32', 2);
  return pulseTrains(values, tf.scalar(1), tf.scalar(SLOTS), randomStream(1, name), 0);
}
