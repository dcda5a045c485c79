import { fromTiles } from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { gaussian, labMatrix, values } from '../support/laboratory.js';
import { largest, validationTable } from '../support/validation.js';

const table = validationTable(
  'Mixed precision',
  'No pulse is lost: what was written and what is left to write is what was asked for, in units of weight (Nandakumar et al., Front. Neurosci. 14:406, 2020).',
  ['identity', 'over', 'largest distance'],
);

beforeAll(activateWasm);

const [INPUTS, OUTPUTS, BATCH, RATE] = [12, 7, 5, 0.01];

/** 1/2000 of the window for a pulse of one device, so some writes need more than 31 pulses of a weight. */
const DEVICE = { use: 'device-models/constant-step', wMin: -1, wMax: 1, dw: 0.001 };

test('Update: mixed precision loses no pulse, Σ pulses·dw + χ = Σ lr·d xᵀ to rounding, on every row', async () => {
  const matrix = await labMatrix(tf.zeros([INPUTS, OUTPUTS]), {
    device: DEVICE,
    mapping: { use: 'mapping', sides: 'two', weightRange: 1 },
    updateRule: { use: 'trainers/mixed-precision', writeEvery: 3 },
  });
  let asked = tf.zeros([INPUTS, OUTPUTS]);
  for (let i = 0; i < 12; i++) {
    // One side of the inputs only, as behind a rectifier.
    const x = tf.relu(gaussian([BATCH, INPUTS], 2 * i + 1)) as tf.Tensor2D;
    const d = gaussian([BATCH, OUTPUTS], 2 * i + 2);
    matrix.update(x, d, RATE);
    asked = tf.sub(asked, tf.mul(tf.matMul(x, d, true), RATE));
  }
  const chi = fromTiles(matrix.save()['rule.chi'] as tf.Tensor4D, matrix.grid);
  const error = tf.max(tf.abs(tf.sub(tf.add(matrix.read(), chi), asked)));
  const step = matrix.arrays[0]!.pulseStep!;
  const pulses = Math.max(...values(tf.abs(asked))) / step;
  // A step is the difference of two conductances in float32, so each may be off by half of their last place.
  expect(values(error)[0]).toBeLessThan(pulses * 2 ** -24);
  table.row(
    'Σ pulses · dw + χ − Σ rate · xᵀd',
    `${INPUTS * OUTPUTS} weights, 12 mini-batches`,
    largest(values(error)),
  );
  expect(Math.max(...values(tf.abs(chi)))).toBeLessThan(step * 1.001);
  expect(pulses).toBeGreaterThan(4 * 31);
  for (const row of tf.max(tf.abs(matrix.read()), 1).dataSync()) expect(row).toBeGreaterThan(0);
});

table.isOnPage();
