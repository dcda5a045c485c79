import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { gaussian, labMatrix } from '../../../test/support/laboratory.js';

beforeAll(() => tf.setBackend('cpu'));

/** The most bytes that a product of 200 vectors with 32×32 weights adds to what there was before. */
async function peakOf(bits: number): Promise<number> {
  const matrix = await labMatrix(gaussian([32, 32]), {
    mapping: { use: 'mapping', rows: 16, columns: 16 },
    dac: { use: 'circuit-models/serial-dac', bits },
    adc: { use: 'circuit-models/uniform-adc', range: 'maximal' },
  });
  const x = gaussian([200, 32], 2);
  matrix.forward(x).dispose();
  const before = tf.memory().numBytes;
  const { peakBytes } = await tf.profile(() => matrix.forward(x));
  return peakBytes - before;
}

test('cycles of bit-serial inputs take memory one after the other', async () => {
  // The sum so far is there beside the second cycle and those behind it.
  expect(await peakOf(16)).toBe(await peakOf(2));
});
