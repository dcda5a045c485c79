import { expect, it } from 'vitest';
import { differences } from '../../src/sweep/differences.js';

it('names each place with what was and what is', () => {
  const before = { axes: { nu: [1], bits: { from: 1 } }, seeds: 3 };
  const now = { axes: { nu: [1, 2], bits: { from: 1 } }, twin: false };
  expect(differences(before, now)).toEqual([
    'axes.nu: was [1], is [1,2]',
    'seeds: was 3, is absent',
    'twin: was absent, is false',
  ]);
});

it('finds nothing between equal values, and another order of keys', () => {
  expect(differences({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toEqual([]);
  // The order of axes is that of points, and the order of derived values that in which they are computed.
  expect(differences({ axes: { a: 1, b: 2 } }, { axes: { b: 2, a: 1 } })).toEqual([
    'axes: its keys are in another order',
  ]);
});
