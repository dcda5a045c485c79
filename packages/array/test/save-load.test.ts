import type { StackInput } from '@txsim/core';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LearningMatrix } from '../src/index.js';
import { gaussian, labMatrix, values } from '../../../test/support/laboratory.js';

beforeAll(activateWasm);

const ALL: Partial<StackInput['stack']> = {
  device: { use: 'device-models/asymmetric-nonlinear' },
  mapping: { use: 'mapping', rows: 8, columns: 8, subtract: 'digital' },
  dac: { use: 'circuit-models/uniform-dac' },
  adc: { use: 'circuit-models/uniform-adc', range: { calibrate: 0.9 } },
  driver: { use: 'circuit-models/noisy-driver' },
  wire: { use: 'wire-resistance', backward: { source: 10, sink: 900 } },
  speedup: { use: 'speedup/interpolated', every: 5 },
  nonIdealities: [{ use: 'device-variation' }, { use: 'write-noise' }, { use: 'read-noise' }],
};
const [INPUTS, OUTPUTS] = [13, 9];
const make = (): Promise<LearningMatrix> => labMatrix(gaussian([INPUTS, OUTPUTS]), ALL);

/** Some steps of training; returns all that came out. */
function work(matrix: LearningMatrix, from: number, steps: number): number[][] {
  return Array.from({ length: steps }, (_, i) => {
    const [x, d] = [gaussian([2, INPUTS], from + i), gaussian([2, OUTPUTS], 100 + from + i)];
    const seen = [...values(matrix.forward(x)), ...values(matrix.backward(d))];
    matrix.update(x, d, 0.01);
    return [...seen, ...values(matrix.read())];
  });
}

async function calibrate(matrix: LearningMatrix): Promise<void> {
  matrix.observe();
  matrix.forward(gaussian([2, INPUTS], 50));
  matrix.backward(gaussian([2, OUTPUTS], 51));
  await matrix.settle();
}

describe('a matrix with everything on', () => {
  test.each([0, 1, 3, 5, 7])(
    'saved after %i steps and loaded into one that did something else, goes on to the bit',
    async (steps) => {
      const [first, second] = [await make(), await make()];
      work(second, 60, 2);
      await calibrate(first);
      work(first, 0, steps);
      await second.load(first.save());
      expect(work(second, steps, 7)).toEqual(work(first, steps, 7));
    },
  );

  test('a loaded state replaces all that was there, the memory of the speed-up policy too', async () => {
    const [fresh, used] = [await make(), await make()];
    const saved = fresh.save();
    work(used, 0, 3);
    await used.load(saved);
    const again = await make();
    await again.load(saved);
    expect(work(used, 0, 7)).toEqual(work(again, 0, 7));
  });

  test('what is saved is the caller’s: disposing it does no harm, and leaves nothing', async () => {
    const matrix = await make();
    work(matrix, 0, 2);
    const expected = values(matrix.read());
    const before = tf.memory().numTensors;
    tf.dispose(matrix.save());
    expect(tf.memory().numTensors).toBe(before);
    expect(values(matrix.read())).toEqual(expected);
  });

  test('disposed, it leaves no tensors', async () => {
    const weights = gaussian([INPUTS, OUTPUTS]);
    const before = tf.memory().numTensors;
    const matrix = await labMatrix(weights, ALL);
    await calibrate(matrix);
    tf.tidy(() => void work(matrix, 0, 6));
    matrix.dispose();
    // The inputs of the calibration and its two results.
    expect(tf.memory().numTensors).toBe(before + 4);
  });
});
