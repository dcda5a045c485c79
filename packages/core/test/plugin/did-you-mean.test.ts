import { didYouMean } from '@txsim/core';
import { expect, test } from 'vitest';

const KNOWN = ['device', 'mapping', 'nonIdealities', 'read-noise/read-noise'];

test.each([
  ['devise', ' Did you mean "device"?'],
  ['maping', ' Did you mean "mapping"?'],
  ['nonIdealites', ' Did you mean "nonIdealities"?'],
  ['read-noise', ' Did you mean "read-noise/read-noise"?'],
  ['temperature', ''],
])('%s →%s', (word, suggestion) => {
  expect(didYouMean(word, KNOWN)).toBe(suggestion);
});

test('of nothing known, nothing is meant', () => {
  expect(didYouMean('device', [])).toBe('');
});
