import { describe, expect, it } from 'vitest';
import { ladder2ErrorEnvelope, ladderErrorEnvelope, solveArray } from '../../src/wire/index.js';
import { difference, problemOf, randomNumbers } from './support/arrays.js';
import { entryError, studyArray, studyErrors } from './support/study.js';

/** The seeds of the error tables in `docs/reference/wire-solver.md` and their numbers of arrays. */
const seeds = [
  [2026, 400],
  [1, 500],
  [2, 500],
  [3, 500],
] as const;

describe.each(seeds)('the envelopes of the closed forms on the arrays of seed %d', (seed, count) => {
  it(`hold for the single currents and entries of all ${count}`, () => {
    const random = randomNumbers(seed);
    for (let trial = 0; trial < count; trial++) {
      const array = studyArray(random);
      const exact = solveArray(problemOf(array), { tolerance: 1e-9 }).currents;
      const [one, four] = (['ladder', 'ladder2'] as const).map((method) => studyErrors(array, method, exact));
      expect(one!.single).toBeLessThan(ladderErrorEnvelope(one!.severity));
      expect(four!.single).toBeLessThan(ladder2ErrorEnvelope(four!.severity));
      expect(four!.out).toBeLessThan(0.1 * four!.severity);
      if (trial % 4 > 0) continue;
      expect(entryError(array, 'ladder')).toBeLessThan(ladderErrorEnvelope(one!.severity));
      expect(entryError(array, 'ladder2')).toBeLessThan(ladder2ErrorEnvelope(four!.severity));
    }
  });
});

it('auto, 360 arrays, 3 tolerances, plain and in pairs: no current beyond the bound', () => {
  const random = randomNumbers(11);
  for (let trial = 0; trial < 360; trial++) {
    const problem = problemOf(studyArray(random, 48));
    const exact = solveArray(problem);
    for (const tolerance of [0.05, 0.01, 0.001]) {
      for (const pairs of [{}, { pairs: 'adjacentColumns' }] as const) {
        const { currents, errorBound } = solveArray(problem, { method: 'auto', tolerance, ...pairs });
        expect(difference(currents, exact.currents)).toBeLessThanOrEqual(errorBound + exact.errorBound);
      }
    }
  }
});
