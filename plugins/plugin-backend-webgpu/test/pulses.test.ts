import * as tf from '@tensorflow/tfjs';
import * as ops from '@txsim/ops';
import { input, pulsedUpdate, pulseTrains, randomStream, type PulseProgram, type TileGrid } from '@txsim/ops';
import { expect, test } from 'vitest';
import { expectClose, numbers, onBoth, onWebgpu } from './support.js';

const grid: TileGrid = { inputs: 13, outputs: 11, tileRows: 2, tileColumns: 2, rows: 7, columns: 6 };
/** Of two blocks of 32. */
const [FIRST, SAMPLES] = [60, 8];
const PARAMETERS = Array.from({ length: 20 }, (_, k) => `step${k}`);
const streams = (name: string) => randomStream(5, name);

/** Two states, noise of both kinds, and more parameters than a program has buffers. */
const PROGRAM: PulseProgram = {
  state: ['w', 'used'],
  next: [
    ops.add(
      ops.multiply(input('w'), 0.99),
      ops.multiply(
        ops.select(input(ops.UP), 1e-3, -1e-3),
        ops.add(
          PARAMETERS.map(input).reduce((x, y) => ops.add(x, y)),
          ops.add(ops.normal('n'), ops.uniform('u')),
        ),
      ),
    ),
    ops.add(input('used'), ops.uniform('u')),
  ],
};

const trains = (lines: number, seed: number, samples = SAMPLES): tf.Tensor2D =>
  pulseTrains(tf.tensor2d(numbers(SAMPLES * lines, seed), [SAMPLES, lines]).slice(0, samples), tf.scalar(0.9), tf.scalar(31), streams('trains'), FIRST); // prettier-ignore

const update = (samples = SAMPLES): tf.Tensor => {
  const plane = (seed: number): tf.Tensor => tf.tensor(numbers(168, seed), [2, 2, 7, 6]);
  const tensors = Object.fromEntries(['w', 'used', ...PARAMETERS].map((name, k) => [name, plane(k + 1)]));
  const [x, d] = [trains(grid.inputs, 1, samples), trains(grid.outputs, 2, samples)];
  return tf.stack(pulsedUpdate(x, d, tensors, PROGRAM, grid, { draw: FIRST, streams }));
};

onWebgpu('pulses', () => {
  test('trains equal those of the reference bit for bit', async () => {
    const { ours, reference } = await onBoth(
      () => trains(grid.inputs, 3),
      () => trains(grid.inputs, 3),
    );
    expect(ours).toEqual(reference);
  });

  test('an update of two states with many parameters', async () => {
    const { ours, reference } = await onBoth(
      () => update(),
      () => update(),
    );
    expectClose(ours, reference, 1e-5);
  });

  test('no samples leave the state as it is', async () => {
    await tf.setBackend('webgpu');
    const state = tf.tidy(() => update(0));
    expect(await state.data()).toEqual(Float32Array.of(...numbers(168, 1), ...numbers(168, 2)));
    state.dispose();
  });
});
