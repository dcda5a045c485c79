import { describe, expect, it } from 'vitest';
import { type CrossbarProblem, effectiveMatrix, solveArray } from '../../src/wire/index.js';
import { difference, problemOf, randomNumbers } from './support/arrays.js';
import { studyArray } from './support/study.js';

const relative = (a: number[][], b: number[][]) =>
  Math.hypot(...a.flatMap((row, k) => row.map((I, j) => I - b[k]![j]!))) / Math.hypot(...b.flat());
const pairs = (currents: number[][]) =>
  currents.map((row) => row.flatMap((I, j) => (j % 2 ? [] : [I - row[j + 1]!])));

describe('auto on 60 arrays of the tables, fresh seed', () => {
  const random = randomNumbers(99);
  const cases = Array.from({ length: 60 }, () => {
    const array = studyArray(random, 48);
    const problem = problemOf(array);
    return { array, problem, exact: solveArray(problem) };
  });

  it('the error over all vectors is near the one that it measured, and within twice the tolerance', () => {
    for (const { problem, exact } of cases) {
      const auto = solveArray(problem, { method: 'auto' });
      expect(auto.measured!.error).toBeLessThanOrEqual(0.01);
      expect(relative(auto.currents, exact.currents)).toBeLessThan(0.02);
    }
  });

  it.each([undefined, 'adjacentColumns'] as const)('no current is beyond the bound (pairs: %s)', (paired) => {
    for (const { problem, exact } of cases) {
      for (const tolerance of [0.1, 0.01, 0.001]) {
        const options = { method: 'auto', tolerance, ...(paired && { pairs: paired }) } as const;
        const { currents, errorBound, errorKind, method } = solveArray(problem, options);
        expect(difference(currents, exact.currents)).toBeLessThanOrEqual(errorBound + exact.errorBound);
        expect(errorKind).toBe(method === 'exact' ? 'proved' : 'measured');
      }
    }
  });

  it('uses every method, and a harder one the tighter the tolerance', () => {
    const order = ['ladder', 'ladder2', 'exact'];
    const used = [0.1, 0.01, 0.001, 1e-5].map((tolerance) =>
      cases.map(({ problem }) => order.indexOf(solveArray(problem, { method: 'auto', tolerance }).method)),
    );
    for (let k = 1; k < used.length; k++) {
      used[k]!.forEach((method, n) => expect(method).toBeGreaterThanOrEqual(used[k - 1]![n]!));
    }
    expect(new Set(used.flat())).toEqual(new Set([0, 1, 2]));
  });

  it('differences of columns need at least as good a method as the currents', () => {
    const order = ['ladder', 'ladder2', 'exact'];
    let harder = 0;
    for (const { problem, exact } of cases) {
      const plain = solveArray(problem, { method: 'auto' });
      const paired = solveArray(problem, { method: 'auto', pairs: 'adjacentColumns' });
      expect(paired.measured!.differential).toBe(true);
      expect(relative(pairs(paired.currents), pairs(exact.currents))).toBeLessThan(0.02);
      harder += order.indexOf(paired.method) - order.indexOf(plain.method);
    }
    expect(harder).toBeGreaterThan(0);
  });

  it('names what it rejected with the error that it measured', () => {
    const last = cases.map(({ problem }) => solveArray(problem, { method: 'auto', tolerance: 1e-4 }));
    const exact = last.find(({ method }) => method === 'exact')!;
    expect(exact.measured!.rejected.map(({ method }) => method)).toEqual(['ladder', 'ladder2']);
    for (const { error } of exact.measured!.rejected) expect(error).toBeGreaterThan(1e-4);
  });

  it('a matrix is chosen in the same way', () => {
    const methods = new Set<string>();
    for (const { array, exact } of cases) {
      const auto = effectiveMatrix(array.conductances, array.network, 'auto');
      methods.add(auto.method);
      const products = array.voltages.map((v) =>
        array.conductances[0]!.map((_, j) => v.reduce((sum, V, i) => sum + V * auto.conductances[i]![j]!, 0)),
      );
      expect(relative(products, exact.currents)).toBeLessThan(0.02);
    }
    expect(methods.has('ladder')).toBe(true);
    expect(methods.size).toBeGreaterThan(1);
  });

  it('no entry of a matrix is beyond the bound', () => {
    for (const { array } of cases.slice(0, 30)) {
      const exact = effectiveMatrix(array.conductances, array.network);
      for (const tolerance of [0.1, 0.01]) {
        const auto = effectiveMatrix(array.conductances, array.network, 'auto', { tolerance });
        const apart = difference(auto.conductances, exact.conductances);
        expect(apart).toBeLessThanOrEqual(auto.errorBound + exact.errorBound);
      }
    }
  });
});

describe('auto', () => {
  const random = randomNumbers(5);
  const array = studyArray(random, 24);
  const problem = problemOf(array);

  it('solves all vectors exactly when there are no more than the probe would have', () => {
    const few = { ...problem, voltages: problem.voltages.slice(0, 4) };
    const { method, errorKind, measured } = solveArray(few, { method: 'auto' });
    expect({ method, errorKind, error: measured!.error }).toEqual({
      method: 'exact',
      errorKind: 'proved',
      error: 0,
    });
  });

  it('measures the difference to another array where the pair is in two', () => {
    const minus = array.conductances.map((row) => row.map((g) => g * (0.98 + 0.01 * random())));
    const plain = solveArray(problem, { method: 'auto' });
    const paired = solveArray(problem, { method: 'auto', pairs: { minus }, tolerance: 1 });
    expect(paired.measured!.differential).toBe(true);
    expect(paired.measured!.error).toBeGreaterThan(plain.measured!.error);
  });

  it('refuses pairs that are none', () => {
    const minus = [[1e-3]];
    expect(() => solveArray(problem, { method: 'auto', pairs: { minus } })).toThrow('pairs.minus: must be');
    const voltages = [array.conductances[0]!.map(() => 1)];
    const backward = { method: 'auto', backward: true, pairs: 'adjacentColumns' } as const;
    expect(() => solveArray({ ...problem, voltages }, backward)).toThrow(
      'pairs: of columns have no difference',
    );
  });

  it.each([0.3, 1, 3])('with curved cells, βV = %d, keeps tolerance and bound', (beta) => {
    const curved: CrossbarProblem = { ...problem, iv: { kind: 'sinh', beta } };
    const exact = solveArray(curved);
    for (const tolerance of [0.1, 0.01, 1e-3]) {
      const auto = solveArray(curved, { method: 'auto', tolerance });
      expect(relative(auto.currents, exact.currents)).toBeLessThan(2 * tolerance);
      expect(difference(auto.currents, exact.currents)).toBeLessThanOrEqual(
        auto.errorBound + exact.errorBound,
      );
      expect(auto.cells!.treatment).toBe(auto.method === 'exact' ? 'newton' : auto.cells!.treatment);
    }
    expect(solveArray(curved, { method: 'auto', tolerance: 1e-3 }).cells!.treatment).not.toBe('linear');
  });

  it('drives the bit lines', () => {
    const voltages = Array.from({ length: 6 }, () => array.conductances[0]!.map(random));
    const auto = solveArray({ ...problem, voltages }, { method: 'auto', backward: true });
    const exact = solveArray({ ...problem, voltages }, { backward: true });
    expect(relative(auto.currents, exact.currents)).toBeLessThan(0.02);
  });
});
