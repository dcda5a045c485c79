import * as tf from '@tensorflow/tfjs';
import { effectiveConductanceReference } from '@txsim/ops';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  crossbarOf,
  effectiveMatrix,
  ladderErrorEnvelope,
  solveArray,
  solveLadder,
} from '../../src/wire/index.js';
import { ladderLimit } from './support/ladder-limits.js';
import { difference, largest, problemOf, randomArray, randomNumbers } from './support/arrays.js';

describe('the float32 composition of tensor operations', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('agrees with the float64 ladder form to 1e-5 of the largest entry, 40 random arrays up to 48 × 48', () => {
    const random = randomNumbers(5);
    for (let trial = 0; trial < 40; trial++) {
      const { conductances, network } = randomArray(random, {
        rows: [1, 48],
        columns: [1, 48],
        open: 0.1,
        none: 0.2,
      });
      const { row, column, source, sink } = network;
      const lines = { row, column, rowEnd: source + row, columnEnd: column + sink };
      const composed = tf.tidy(
        () => effectiveConductanceReference(tf.tensor2d(conductances), lines).arraySync() as number[][],
      );
      const ladder = effectiveMatrix(conductances, network, 'ladder').conductances;
      expect(difference(composed, ladder)).toBeLessThan(1e-5 * largest(ladder));
    }
  });
});

describe('the closed form on 60 random arrays up to 48 × 48', () => {
  const random = randomNumbers(19);
  const cases = Array.from({ length: 60 }, () => {
    const array = randomArray(random, { rows: [4, 48], columns: [4, 48] });
    const exact = solveArray(problemOf(array));
    const ladder = solveArray(problemOf(array), { method: 'ladder' });
    const off = ladder.currents.flatMap((row, k) => row.map((I, j) => I - exact.currents[k]![j]!));
    return { array, exact, ladder, out: Math.hypot(...off) / Math.hypot(...exact.currents.flat()) };
  });

  it('stays within three times the error known for its severity', () => {
    for (const { ladder, out } of cases) expect(out).toBeLessThan(ladderLimit(ladder.severity));
  });

  it('labels its error as an estimate, which these arrays keep, 0 where the form is exact', () => {
    for (const { ladder, exact } of cases) {
      expect(ladder.errorKind).toBe('estimate');
      expect(difference(ladder.currents, exact.currents)).toBeLessThan(ladder.errorBound);
    }
    expect(ladderErrorEnvelope(0)).toBe(0);
    expect(ladderErrorEnvelope(0.01)).toBeCloseTo(3e-3, 12);
    expect(ladderErrorEnvelope(0.25)).toBeCloseTo(0.25, 12);
  });

  it('improves on the direct part B alone', () => {
    for (const { array } of cases) {
      const { direct, effective } = solveLadder(crossbarOf(array.conductances, array.network));
      const exact = effectiveMatrix(array.conductances, array.network).conductances.flat();
      const off = (flat: Float64Array) => Math.hypot(...exact.map((g, k) => g - flat[k]!));
      expect(off(effective)).toBeLessThan(off(direct));
    }
  });

  it('drives the bit lines with the same matrix', () => {
    const { array } = cases[0]!;
    const voltages = [array.conductances[0]!.map(() => random())];
    const { currents, effective } = solveArray(
      { ...problemOf(array), voltages },
      { method: 'ladder', backward: true },
    );
    const forward = effectiveMatrix(array.conductances, array.network, 'ladder').conductances;
    expect(difference(effective!, forward)).toBeLessThan(1e-13 * largest(forward));
    const products = forward.map((row) => row.reduce((sum, g, j) => sum + g * voltages[0]![j]!, 0));
    expect(difference(currents, [products])).toBeLessThan(1e-12 * largest(currents));
  });
});
