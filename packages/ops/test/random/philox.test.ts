import { philox } from '@txsim/ops';
import { expect, test } from 'vitest';

/** Random123 1.14, tests/kat_vectors, "philox4x32 10": counter, key → result. */
const KNOWN_ANSWERS = [
  ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
  ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
  ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
] as const;

const words = (text: string): Uint32Array => Uint32Array.from(text.split(' '), (word) => parseInt(word, 16));
const hexadecimal = (values: Uint32Array): string =>
  Array.from(values, (v) => v.toString(16).padStart(8, '0')).join(' ');

test.each(KNOWN_ANSWERS)('counter %s under key %s gives %s, as Random123 does', (counter, key, result) => {
  const state = words(counter);
  const [key0, key1] = words(key);
  philox(state, key0!, key1!);
  expect(hexadecimal(state)).toBe(result);
});

test('one bit of the counter or of the key changes about half of the bits of the result', () => {
  const base = randomBlock([1, 2, 3, 4], [5, 6]);
  const changes: number[] = [];
  for (let bit = 0; bit < 192; bit++) {
    const input = [1, 2, 3, 4, 5, 6];
    input[bit >> 5] = (input[bit >> 5]! ^ (1 << (bit & 31))) >>> 0;
    changes.push(differingBits(base, randomBlock(input.slice(0, 4), input.slice(4))));
  }
  // Each count is binomial(128, ½): mean 64, σ = 5.66; the mean of 192 of them has σ = 0.41.
  const mean = changes.reduce((a, b) => a + b) / changes.length;
  expect(Math.abs(mean - 64) / (5.66 / Math.sqrt(192))).toBeLessThan(4.5);
  expect(Math.min(...changes)).toBeGreaterThan(64 - 5 * 5.66);
});

function randomBlock(counter: number[], key: number[]): Uint32Array {
  const state = Uint32Array.from(counter);
  philox(state, key[0]!, key[1]!);
  return state;
}

const differingBits = (a: Uint32Array, b: Uint32Array): number =>
  a.reduce((sum, word, i) => sum + ((word ^ b[i]!) >>> 0).toString(2).replaceAll('0', '').length, 0);
