import { describe, expect, it } from 'vitest';
import { effectiveMatrix, solveArray } from '../../src/wire/index.js';
import { denseCurrents } from './support/dense-network.js';
import { difference, largest, randomNumbers } from './support/arrays.js';

/** Faults of other simulators of crossbars, each as a promise that ours does not have it. */
const random = randomNumbers(1);
const uniform = (rows: number, columns: number, low: number, high: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => low + (high - low) * random()));

describe('a terminal resistance is in front of the first segment of every input, and only there', () => {
  it('every word line loses the same to it, whichever is driven', () => {
    const conductances = Array.from({ length: 6 }, () => new Array<number>(8).fill(1e-3));
    const voltages = Array.from({ length: 6 }, (_, i) => conductances.map((_, k) => (k === i ? 1 : 0)));
    const problem = { conductances, voltages, wire: { row: 2, column: 0 }, source: 100, sink: 0 };
    const sums = solveArray(problem).currents.map((row) => row.reduce((sum, I) => sum + I, 0));
    for (const sum of sums) expect(sum).toBeCloseTo(sums[0]!, 13);
  });

  it('with 100 Ω at the sources it agrees with the dense network, in every method that knows the wires', () => {
    const conductances = uniform(7, 9, 1e-5, 1e-4);
    const network = { row: 1, column: 1, source: 100, sink: 0 };
    const voltages = [conductances.map(() => random())];
    const dense = denseCurrents(conductances, network, voltages);
    const problem = { conductances, voltages, wire: network, source: 100, sink: 0 };
    for (const method of ['exact', 'ladder', 'ladder2', 'aam'] as const) {
      const { currents } = solveArray(problem, { method });
      expect(difference(currents, dense)).toBeLessThan((method === 'exact' ? 1e-10 : 1e-3) * largest(dense));
    }
  });

  it('one word line of one cell: V / (source + row + 1/G + column + sink)', () => {
    const problem = {
      conductances: [[1e-3]],
      voltages: [[1]],
      wire: { row: 3, column: 5 },
      source: 100,
      sink: 50,
    };
    expect(solveArray(problem).currents[0]![0]).toBeCloseTo(1 / 1158, 14);
  });
});

describe('conductances of b bits less an offset column give products without a scale of their own', () => {
  it.each([1, 2, 3, 4, 8])('%d bits', (bits) => {
    const levels = 2 ** bits - 1;
    const codes = uniform(5, 4, 0, levels).map((row) => row.map(Math.round));
    const [gMin, step] = [1e-6, 1e-5 / levels];
    const conductances = codes.map((row) => [
      ...row.map((code) => gMin + code * step),
      gMin + (levels / 2) * step,
    ]);
    const x = conductances.map(() => random());
    const network = { wire: { row: 0, column: 0 }, source: 0, sink: 0 };
    for (const method of ['exact', 'ladder', 'ladder2', 'auto'] as const) {
      const [row] = solveArray({ conductances, voltages: [x], ...network }, { method }).currents;
      codes[0]!.forEach((_, j) => {
        const expected = x.reduce((sum, volts, i) => sum + volts * (codes[i]![j]! - levels / 2), 0);
        expect((row![j]! - row![4]!) / step).toBeCloseTo(expected, 8);
      });
    }
  });
});

describe('hard arrays are solved to the end, not given up from a fresh start', () => {
  it.each([
    [128, 1e3, 3],
    [128, 1e3, 20],
    [64, 1e2, 10],
  ])('%d² devices of %d Ω on, %d Ω segments', (size, on, segment) => {
    const conductances = uniform(size, size, 0.02 / on, 1 / on);
    const voltages = [conductances.map(() => random())];
    const problem = { conductances, voltages, wire: { row: segment, column: segment }, source: 0, sink: 0 };
    const { currents, errorBound, sweeps } = solveArray(problem);
    expect(errorBound).toBeLessThan(1e-9 * largest(currents));
    expect(sweeps).toBeLessThan(2000);
  });
});

describe('a source resistance of 0', () => {
  it('agrees with the dense network and is the limit of small ones', () => {
    const conductances = uniform(8, 8, 1e-5, 1e-4);
    const voltages = [conductances.map(() => random())];
    const at = (source: number) =>
      solveArray({ conductances, voltages, wire: { row: 1, column: 1 }, source, sink: 0 }).currents;
    const network = { row: 1, column: 1, source: 0, sink: 0 };
    const zero = at(0);
    expect(difference(zero, denseCurrents(conductances, network, voltages))).toBeLessThan(
      1e-10 * largest(zero),
    );
    for (const source of [1e-3, 1e-6, 1e-9]) {
      expect(difference(at(source), zero)).toBeLessThan((1e-2 * source + 1e-9) * largest(zero));
    }
  });

  it('is no special case for any method', () => {
    const conductances = uniform(8, 8, 1e-5, 1e-4);
    for (const method of [
      'ladder',
      'ladder2',
      'aam',
      'alpha-beta',
      'dmr',
      'jeong',
      'series',
      'auto',
    ] as const) {
      const at = (source: number) =>
        effectiveMatrix(conductances, { row: 1, column: 1, source, sink: 0 }, method).conductances;
      expect(difference(at(0), at(1e-9))).toBeLessThan(1e-9 * largest(conductances));
    }
  });
});
