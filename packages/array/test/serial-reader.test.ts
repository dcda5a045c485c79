import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { gaussian, labMatrix } from '../../../test/support/laboratory.js';

/** The most bytes that a product of some vectors with 32×32 weights adds to what there was before. */
async function peakOf(bits: number, vectors: number, range: unknown): Promise<number> {
  const matrix = await labMatrix(gaussian([32, 32]), {
    mapping: { use: 'mapping', rows: 16, columns: 16 },
    dac: { use: 'circuit-models/serial-dac', bits },
    adc: { use: 'circuit-models/uniform-adc', range },
  });
  const x = gaussian([vectors, 32], 2);
  matrix.forward(x).dispose();
  const before = tf.memory().numBytes;
  matrix.observe();
  const { peakBytes } = await tf.profile(() => matrix.forward(x));
  await matrix.settle();
  return peakBytes - before;
}

test('cycles of bit-serial inputs take memory one after the other', async () => {
  await tf.setBackend('cpu');
  // The sum so far is there beside the second cycle and those behind it.
  expect(await peakOf(16, 200, 'maximal')).toBe(await peakOf(2, 200, 'maximal'));
});

test('what converters see of more cycles while their range is calibrated takes no more memory', async () => {
  await activateWasm();
  // 2^17 currents in each cycle; of nine and more cycles some are let go.
  const calibrated = { calibrate: 0.999 };
  expect(await peakOf(32, 2048, calibrated)).toBe(await peakOf(9, 2048, calibrated));
});
