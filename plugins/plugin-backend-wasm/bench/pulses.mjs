/**
 * Speed of pulsed updates on this machine, one thread: `node bench/pulses.mjs` after a build. A matrix of 512 × 512
 * devices with soft bounds and cycle-to-cycle noise, a batch of 64 samples, trains of 31 slots.
 */
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as ops from '@txsim/ops';
import { timings } from './measure.mjs';

tf.env().set('IS_TEST', true);
await activateWasm();

const [M, N, BATCH] = [512, 512, 64];
const grid = { inputs: M, outputs: N, tileRows: 8, tileColumns: 8, rows: 64, columns: 64 };
const { add, clamp, input, multiply, normal, select, subtract } = ops;

/** w ± a(1 ∓ w)(1 + 0.3 ξ) within ±1 */
const pulse = (up) =>
  add(
    input('w'),
    multiply(subtract(select(up, 1, -1), input('w')), add(0.002, multiply(0.0006, normal('c2c')))),
  );
const program = { state: ['w'], next: [clamp(pulse(input(ops.UP)), -1, 1)] };
const burst = (up, n) => ops.burst(pulse(ops.constant(up)), input('w'), input(n));
const bursts = clamp(subtract(add(burst(1, 'up'), burst(0, 'down')), input('w')), -1, 1);

const noise = { streams: (name) => ops.randomStream(1, name), draw: 0 };
const w = tf.randomUniform(ops.planeShape(grid), -0.5, 0.5);
const slots = tf.scalar(31);
const one = tf.scalar(1);

const row = (what, action, pulses) => {
  const { best, median } = timings(action);
  const each = pulses ? `${((best * 1e6) / pulses).toFixed(2).padStart(8)} ns/pulse` : '';
  console.log(`${what.padEnd(44)} ${best.toFixed(2).padStart(8)} ms best ${median.toFixed(2).padStart(8)} ms median ${each}`);
}; // prettier-ignore

for (const [name, rows, columns, silent] of [
  ['dense', 0.2, 0.2, 0],
  ['half of the rows silent', 0.2, 0.2, 0.5],
  ['sparse', 0.06, 0.065, 0],
]) {
  const values = tf.mul(tf.randomUniform([BATCH, M], 0, rows), tf.cast(tf.greater(tf.randomUniform([BATCH, M]), silent), 'float32')); // prettier-ignore
  const errors = tf.randomUniform([BATCH, N], -columns, columns);
  const drawn = () => [
    ops.pulseTrains(values, one, slots, ops.randomStream(1, 'rows'), 0),
    ops.pulseTrains(errors, one, slots, ops.randomStream(1, 'columns'), 0),
  ];
  const [x, d] = drawn();
  const counts = ops.countCoincidences(x, d, grid);
  const pulses = tf.sum(tf.add(counts.up, counts.down)).dataSync()[0];
  console.log(`${name}: ${(pulses / (M * N * BATCH)).toFixed(3)} pulses per weight and sample`);
  row('  trains', () => tf.dispose(drawn()));
  row('  exact', () => tf.dispose(ops.pulsedUpdate(x, d, { w }, program, grid, noise)), pulses);
  row('  counts', () => tf.dispose(Object.values(ops.countCoincidences(x, d, grid))), pulses);
  const aggregated = () =>
    tf.tidy(() => {
      const { up, down } = ops.countCoincidences(x, d, grid);
      ops.evaluate(bursts, { w, up, down }, ops.planeShape(grid), noise);
    });
  row('  aggregated: counts and bursts', aggregated, pulses);
}
const x = tf.randomUniform([BATCH, M]);
const d = tf.randomUniform([BATCH, N]);
row('for comparison: the product xᵀd', () => ops.tileOuter(x, d, grid).dispose());
