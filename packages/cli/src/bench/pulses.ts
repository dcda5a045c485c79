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
const grid = { inputs: LINES, outputs: LINES, tileRows: 8, tileColumns: 8, rows: 64, columns: 64 };
/** Firing in a slot with a probability up to 0.2 · 31 / 31: about 0.3 coincidences per weight and sample. */
const LARGEST = 0.2;
const noise = { streams: (name: string) => randomStream(1, name), draw: 0 };

/** w ± a(1 ∓ w)(1 + 0.3 ξ), a = 0.002: soft bounds with noise from cycle to cycle. */
const pulse = (up: Expression): Expression => {
  const room = subtract(select(up, 1, -1), input('w'));
  return add(input('w'), multiply(room, add(0.002, multiply(0.0006, normal('c2c')))));
};
const exactly = { state: ['w'], next: [clamp(pulse(input(UP)), -1, 1)] };
const inBursts = (name: 'up' | 'down'): Expression =>
  burst(pulse(constant(name === 'up' ? 1 : 0)), input('w'), input(name));
const aggregated = clamp(subtract(add(inBursts('up'), inBursts('down')), input('w')), -1, 1);
