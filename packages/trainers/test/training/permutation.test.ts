import { randomStream } from '@txsim/ops';
import { Z_LIMIT } from '@txsim/plugin-testkit';
import { expect, test } from 'vitest';
import { permutation } from '../../src/index.js';

const stream = randomStream(5, 'order');

test.each([0, 1, 2, 3, 17, 1000])('%i numbers, each once', (size) => {
  expect(Array.from(permutation(stream, 0, size)).sort((a, b) => a - b)).toEqual(
    Array.from({ length: size }, (_, i) => i),
  );
});

test('the same stream and draw give the same order, another draw or seed another', () => {
  const order = permutation(stream, 3, 50);
  expect(permutation(stream, 3, 50)).toEqual(order);
  expect(permutation(stream, 4, 50)).not.toEqual(order);
  expect(permutation(randomStream(6, 'order'), 3, 50)).not.toEqual(order);
});

test('n = 24000 orders of 4: each of the 24 as often as the others', () => {
  const [draws, orders] = [24_000, 24];
  const counts = new Map<string, number>();
  for (let draw = 0; draw < draws; draw++) {
    const order = permutation(stream, draw, 4).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(orders);
  const p = 1 / orders;
  for (const count of counts.values()) {
    expect(Math.abs((count - draws * p) / Math.sqrt(draws * p * (1 - p)))).toBeLessThan(Z_LIMIT);
  }
});

test('n = 4000 orders of 10: every number is at every place as often', () => {
  const [draws, size] = [4000, 10];
  const counts = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let draw = 0; draw < draws; draw++)
    permutation(stream, draw, size).forEach((k, i) => counts[i]![k]!++);
  const p = 1 / size;
  for (const count of counts.flat()) {
    expect(Math.abs((count - draws * p) / Math.sqrt(draws * p * (1 - p)))).toBeLessThan(Z_LIMIT);
  }
});
