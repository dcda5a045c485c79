import { digest } from '@txsim/core';
import { expect, test } from 'vitest';

/** The known answers of NIST's examples for "abc": FIPS 180-4. */
test.each([
  ['SHA-1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['SHA-256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
] as const)('%s has the known answer', async (algorithm, answer) => {
  expect(await digest(new TextEncoder().encode('abc'), algorithm)).toBe(answer);
});
