import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { gaussian, labMatrix, values } from '../support/laboratory.js';

beforeAll(() => tf.setBackend('cpu'));

const DRIFT = { nonIdealities: [{ use: 'drift/power-law', nu: 0.1 }] };

test('reads after a time see drifted devices, all weights by one factor; the next write starts anew', async () => {
  const weights = gaussian([12, 7]);
  const matrix = await labMatrix(weights, DRIFT);
  const x = gaussian([3, 12], 2);
  const at = (seconds: number): number[] => {
    matrix.wait(seconds);
    return values(matrix.forward(x));
  };
  const fresh = values(matrix.forward(x));
  const factor = ((86_400 + 20) / 20) ** -0.1;
  at(86_400).forEach((y, i) => expect(Math.abs(y - factor * fresh[i]!)).toBeLessThan(1e-5));
  expect(at(0)).toEqual(fresh);
  matrix.wait(86_400);
  matrix.program(weights);
  expect(values(matrix.forward(x))).toEqual(fresh);
});

test('time that passes leaks no tensors', async () => {
  const matrix = await labMatrix(gaussian([12, 7]), DRIFT);
  const x = gaussian([3, 12], 2);
  const read = (seconds: number): void => {
    matrix.wait(seconds);
    matrix.forward(x).dispose();
  };
  read(10);
  const before = tf.memory().numTensors;
  for (let i = 1; i <= 5; i++) read(100 * i);
  expect(tf.memory().numTensors).toBe(before);
});
