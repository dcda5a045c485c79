import type { LearningMatrix } from '@txsim/array';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { toTiles } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { labMatrix, values } from '../support/laboratory.js';

beforeAll(activateWasm);

/** One pulse is 1/50 of the window, which is a weight of 1. */
const DEVICE = { use: 'device-models/constant-step', wMin: 0, wMax: 1, dw: 0.02, gMin: 1e-6, gMax: 1e-5 };
const pairs = (refreshEvery: number): Promise<LearningMatrix> =>
  labMatrix([[0, 0.3]], {
    device: DEVICE,
    mapping: { use: 'mapping', sides: 'rising', weightRange: 1, refreshEvery, refreshAbove: 0.75 },
  });

/** Net pulses of the two weights. */
const pulse = (matrix: LearningMatrix, pulses: [number, number]): void =>
  tf.tidy(() => matrix.write({ kind: 'net', pulses: toTiles(tf.tensor2d([pulses]), matrix.grid) }));
const devices = (matrix: LearningMatrix): number[] =>
  matrix.state.flatMap((plane) => values(plane.slice([0, 0, plane.shape[2]! - 1, 0], [1, 1, 1, 2])));

test('devices of a rising pair only ever rise, until a refresh programs what they stand for', async () => {
  const matrix = await pairs(5);
  // Programming is the first write; each of these is one more.
  pulse(matrix, [40, 10]);
  pulse(matrix, [-30, -5]);
  const full = devices(matrix);
  const weights = values(matrix.read());
  expect(weights[0]).toBeCloseTo(0.2, 5);
  expect(weights[1]).toBeCloseTo(0.4, 5);
  expect(full[0]! / 9e-6 - 1 / 9).toBeCloseTo(0.8, 5);
  expect(full[2]! / 9e-6 - 1 / 9).toBeCloseTo(0.6, 5);
  pulse(matrix, [0, 0]);
  pulse(matrix, [0, 0]);
  const refreshed = devices(matrix);
  values(matrix.read()).forEach((w, i) => expect(w).toBeCloseTo(weights[i]!, 5));
  // The first pair was above three quarters of its window, the second was not.
  expect(refreshed[0]! / 9e-6 - 1 / 9).toBeCloseTo(0.2, 5);
  expect(refreshed[2]! / 9e-6 - 1 / 9).toBeCloseTo(0, 5);
  expect([refreshed[1], refreshed[3]]).toEqual([full[1], full[3]]);
});

test('without refresh a rising pair fills up and learns no more', async () => {
  const matrix = await pairs(1_000_000);
  for (let i = 0; i < 20; i++) pulse(matrix, i % 2 ? [10, 10] : [-10, -10]);
  const before = values(matrix.read());
  pulse(matrix, [10, 10]);
  values(matrix.read()).forEach((w, i) => expect(w).toBeCloseTo(before[i]!, 6));
});
