import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { gaussian, labMatrix, values } from '../support/laboratory.js';

beforeAll(activateWasm);

const SIZE = 32;
const TOLERANCE = 0.02;

/** The largest difference between what momentum asked for and what the devices then hold. */
async function missing(rule: Record<string, unknown>): Promise<number> {
  const start = gaussian([SIZE, SIZE], 5).mul(0.1) as tf.Tensor2D;
  const matrix = await labMatrix(start, {
    device: {
      use: 'device-models/soft-bounds',
      wMin: -1,
      wMax: 1,
      dw: 0.005,
      cycleToCycle: 0.3,
      upDown: 0.2,
    },
    mapping: { use: 'mapping', sides: 'two', weightRange: 1 },
    updateRule: { use: 'trainers/momentum', ...rule },
  });
  const before = matrix.read();
  const [x, d] = [gaussian([4, SIZE], 1), gaussian([4, SIZE], 2)];
  matrix.update(x, d, 0.05);
  const target = tf.sub(before, tf.mul(tf.matMul(x, d, true), 0.05));
  return values(tf.max(tf.abs(tf.sub(matrix.read(), tf.clipByValue(target, -0.9, 0.9)))))[0]!;
}

test('write–verify brings every weight within the tolerance that a single write misses', async () => {
  expect(await missing({ verify: 0 })).toBeGreaterThan(2 * TOLERANCE);
  expect(await missing({ verify: 20, tolerance: TOLERANCE })).toBeLessThanOrEqual(TOLERANCE * 1.001);
});
