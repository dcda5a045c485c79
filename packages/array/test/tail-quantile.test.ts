import { fillNormal, randomStream } from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { quantile } from '../src/quantile.js';
import { TailQuantile } from '../src/tail-quantile.js';

beforeAll(activateWasm);

describe('quantile, Hyndman & Fan type 7', () => {
  test.each([
    [[3], 0.5, 3],
    [[4, 1, 3, 2], 0, 1],
    [[4, 1, 3, 2], 1, 4],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[10, 20, 30, 40, 50], 0.9, 46],
  ])('of %j at %f is %f', (sample, q, expected) => {
    expect(Math.abs(quantile(Float32Array.from(sample), q) - expected)).toBeLessThan(1e-9);
  });

  test('the largest of the values are enough', () => {
    expect(quantile(Float32Array.of(50, 40), 0.9, 5)).toBe(
      quantile(Float32Array.of(10, 20, 30, 40, 50), 0.9),
    );
  });
});

const PIECE = 100_000;
const ROUND = 8;

/** Two rounds; like in the cycles of serial inputs, the values of a round become smaller. */
const PIECES = Array.from({ length: 2 * ROUND }, (_, p) => {
  const values = new Float32Array(PIECE);
  fillNormal(randomStream(1, 'piece'), p, 0, values);
  return values.map((x) => x / (1 + (p % ROUND)));
});

describe('of more values than are held, the quantile is that of all of them, to the bit', () => {
  test.each([0.999, 0.8])('q = %f, 1.6 million values', async (q) => {
    const found = new TailQuantile(q, ROUND);
    const all = new Float32Array(PIECES.length * PIECE);
    PIECES.forEach((piece, p) => {
      all.set(piece.map(Math.abs), p * PIECE);
      tf.tidy(() => found.add(tf.tensor2d(piece, [PIECE / 10, 10])));
    });
    expect(await found.take()).toBe(quantile(all, q));
  });
});

test('values take at most 4 MB and a piece, and none when the quantile is taken', async () => {
  const before = tf.memory().numBytes;
  const found = new TailQuantile(0.999, 1);
  let most = 0;
  for (let p = 0; p < 30; p++) {
    tf.tidy(() => found.add(tf.tensor1d(PIECES[p % PIECES.length]!)));
    most = Math.max(most, tf.memory().numBytes - before);
  }
  // 30 pieces are 24 MB.
  expect(most).toBeLessThanOrEqual(4 * (2 ** 20 + PIECE));
  expect(most).toBeGreaterThan(4 * (2 ** 20 - PIECE));
  await found.take();
  expect(tf.memory().numBytes).toBe(before);
});

test('no values have no quantile', async () => {
  expect(await new TailQuantile(0.999, 1).take()).toBeUndefined();
});
