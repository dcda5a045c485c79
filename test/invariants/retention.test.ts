import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
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

describe('drift compensation', () => {
  let [x, weights]: tf.Tensor2D[] = [];
  beforeAll(() => void ([x, weights] = [gaussian([3, 12], 2), gaussian([12, 7])]));
  const read = async (
    nonIdealities: object[],
    use: string | undefined,
    seconds: number,
  ): Promise<number[]> => {
    const stack = { nonIdealities: nonIdealities as never, ...(use && { compensation: { use } }) };
    const matrix = await labMatrix(weights!, stack);
    matrix.wait(seconds);
    return values(matrix.forward(x!));
  };
  const apart = (a: number[], b: number[]): number => Math.hypot(...a.map((y, i) => y - b[i]!)) / Math.hypot(...b); // prettier-ignore

  test.each(['drift-compensation', 'drift-compensation/per-column'])('%s: one uniform exponent is undone exactly', async (use) => {
    const { nonIdealities } = DRIFT;
    const [fresh, aged] = [await read(nonIdealities, use, 0), await read(nonIdealities, use, 86_400)];
    aged.forEach((y, i) => expect(Math.abs(y - fresh[i]!)).toBeLessThan(1e-5));
  }); // prettier-ignore

  test('what differs from device to device stays, and outputs are nearer to those of fresh devices', async () => {
    const spread = [{ use: 'drift/power-law', nu: 0.1, nuDeviceToDevice: 0.3 }];
    const fresh = await read(spread, undefined, 0);
    const [plain, one] = [await read(spread, undefined, 86_400), await read(spread, 'drift-compensation', 86_400)]; // prettier-ignore
    expect(apart(one, fresh)).toBeGreaterThan(0.01);
    expect(apart(one, fresh)).toBeLessThan(apart(plain, fresh));
  });

  test('the next write ends it, and nothing leaks', async () => {
    const matrix = await labMatrix(weights!, { ...DRIFT, compensation: { use: 'drift-compensation' } });
    const fresh = values(matrix.forward(x!));
    matrix.wait(86_400);
    matrix.forward(x!).dispose();
    const before = tf.memory().numTensors;
    for (let i = 1; i <= 5; i++) {
      matrix.wait(100 * i);
      matrix.forward(x!).dispose();
    }
    expect(tf.memory().numTensors).toBe(before);
    matrix.program(weights!);
    expect(values(matrix.forward(x!))).toEqual(fresh);
  });
});
