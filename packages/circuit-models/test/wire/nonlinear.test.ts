import { describe, expect, it } from 'vitest';
import {
  type CellCurve,
  type CrossbarProblem,
  operatingPoints,
  parseCrossbarProblem,
  solveArray,
  treatmentFor,
} from '../../src/wire/index.js';
import { difference, largest, problemOf, randomArray, randomNumbers } from './support/arrays.js';
import { denseNewton } from './support/dense-newton.js';
import { studyArray } from './support/study.js';

describe("against Newton's method on the dense network, 24 random arrays up to 6 × 6", () => {
  const random = randomNumbers(17);
  const curves: CellCurve[] = [
    { kind: 'sinh', beta: 0.5 },
    { kind: 'sinh', beta: 3 },
    { kind: 'cubic', c: 0.3 },
    { kind: 'cubic', c: -2 },
  ];
  const cases = Array.from({ length: 24 }, (_, index) => {
    const array = randomArray(random, { rows: [1, 6], columns: [1, 6], open: 0.1, none: 0.2, signed: true });
    const iv = curves[index % curves.length]!;
    return { array, iv, problem: { ...problemOf(array), iv } };
  });

  it('exact is within its proved bound, forward', () => {
    for (const { array, iv, problem } of cases) {
      const { currents, errorBound, errorKind, method, cells } = solveArray(problem);
      const dense = array.voltages.map((vector) =>
        denseNewton(array.conductances, array.network, vector, iv),
      );
      expect(difference(currents, dense)).toBeLessThanOrEqual(
        errorBound + 1e-12 * largest(array.conductances),
      );
      expect({ errorKind, method, treatment: cells?.treatment }).toEqual({
        errorKind: 'proved',
        method: 'exact',
        treatment: 'newton',
      });
      expect(errorBound).toBeLessThan(1e-9 * largest(array.conductances));
    }
  });

  it('and backward', () => {
    for (const { array, iv, problem } of cases.slice(0, 8)) {
      const volts = [array.conductances[0]!.map(() => random() - 0.5)];
      const { currents, errorBound } = solveArray({ ...problem, voltages: volts }, { backward: true });
      const dense = denseNewton(array.conductances, array.network, volts[0]!, iv, 'bitLines');
      expect(difference(currents, [dense])).toBeLessThanOrEqual(
        errorBound + 1e-12 * largest(array.conductances),
      );
    }
  });

  it('a loose tolerance keeps its bound', () => {
    for (const { problem } of cases) {
      const loose = solveArray(problem, { tolerance: 1e-3 });
      const tight = solveArray(problem);
      expect(difference(loose.currents, tight.currents)).toBeLessThanOrEqual(
        loose.errorBound + tight.errorBound,
      );
    }
  });

  it('the bound of ideal wires holds', () => {
    for (const { problem } of cases) {
      const ideal = solveArray(problem, { method: 'ideal' });
      const exact = solveArray(problem);
      expect(difference(ideal.currents, exact.currents)).toBeLessThanOrEqual(
        ideal.errorBound + exact.errorBound,
      );
    }
  });
});

describe('the treatment of a curve', () => {
  const random = randomNumbers(23);
  const arrays = Array.from({ length: 24 }, () => studyArray(random, 24));
  const withCurve = (bend: number, kind: 'sinh' | 'cubic' = 'sinh') =>
    arrays.map((array) => {
      const voltages = array.voltages.slice(0, 2);
      const most = Math.max(...voltages.flat());
      const iv: CellCurve =
        kind === 'sinh' ? { kind, beta: bend / most } : { kind, c: (bend / most) ** 2 / 6 };
      return { ...problemOf(array), voltages, iv } satisfies CrossbarProblem;
    });

  it.each([
    [0.4, 'linear'],
    [0.41, 'secant'],
    [0.7, 'secant'],
    [1, 'split'],
    [2, 'split'],
    [2.1, 'newton'],
  ] as const)('at βV = %d is %s', (bend, treatment) => {
    expect(treatmentFor(bend)).toBe(treatment);
    const [problem] = withCurve(bend * 0.9999);
    const { cells, method } = solveArray(problem!, { method: 'ladder2' });
    expect(cells!.treatment).toBe(treatment);
    expect(cells!.bend).toBeCloseTo(bend, 3);
    expect(method).toBe(treatment === 'newton' ? 'exact' : 'ladder2');
  });

  it.each([
    [0.39, 'sinh'],
    [0.69, 'sinh'],
    [1, 'sinh'],
    [2, 'sinh'],
    [0.39, 'cubic'],
    [1, 'cubic'],
  ] as const)('at βV = %d (%s) stays within the error that it estimates', (bend, kind) => {
    for (const problem of withCurve(bend, kind)) {
      for (const method of ['ladder', 'ladder2'] as const) {
        const guess = solveArray(problem, { method });
        expect(difference(guess.currents, solveArray(problem).currents)).toBeLessThan(guess.errorBound);
        expect(guess.errorKind).toBe('estimate');
      }
    }
  });

  it('split is far nearer than a matrix: median error at βV = 1 below 0.3 %', () => {
    const errors = withCurve(1).map((problem) => {
      const exact = solveArray(problem).currents;
      const { currents } = solveArray(problem, { method: 'ladder2' });
      return (
        Math.hypot(...currents.flatMap((row, k) => row.map((I, j) => I - exact[k]![j]!))) /
        Math.hypot(...exact.flat())
      );
    });
    expect(errors.sort((a, b) => a - b)[12]).toBeLessThan(3e-3);
  });

  it('β = 0 and c = 0 are linear cells', () => {
    const { iv: _, ...linear } = withCurve(1)[0]!;
    const exact = solveArray(linear);
    for (const iv of [
      { kind: 'sinh', beta: 0 },
      { kind: 'cubic', c: 0 },
    ] as const) {
      const { currents, errorBound } = solveArray({ ...linear, iv });
      expect(difference(currents, exact.currents)).toBeLessThanOrEqual(errorBound + exact.errorBound);
    }
  });

  it('selector-like cells, βV = 12, are solved', () => {
    for (const problem of withCurve(12).slice(0, 8)) {
      const { errorBound, currents } = solveArray(problem);
      expect(errorBound).toBeLessThan(1e-9 * largest(currents));
    }
  });

  it('a single cell behind a resistance obeys its equation', () => {
    const iv = { kind: 'sinh', beta: 5 } as const;
    const problem = {
      conductances: [[1e-3]],
      voltages: [[1]],
      wire: { row: 100, column: 200 },
      source: 300,
      sink: 400,
      iv,
    };
    const current = solveArray(problem).currents[0]![0]!;
    const across = 1 - 1000 * current;
    expect(current).toBeCloseTo((1e-3 * Math.sinh(5 * across)) / 5, 12);
  });

  it('operating points follow the curve', () => {
    const problem = withCurve(2)[0]!;
    const [point] = operatingPoints(problem);
    const { beta } = problem.iv as { beta: number };
    point!.devices.forEach((row, i) =>
      row.forEach((amperes, j) => {
        const volts = point!.driven[i]![j]! - point!.sensed[i]![j]!;
        expect(amperes).toBeCloseTo((problem.conductances[i]![j]! * Math.sinh(beta * volts)) / beta, 14);
      }),
    );
  });
});

describe('what a problem may say of its cells', () => {
  const base = { conductances: [[1e-3, 1e-4]], voltages: [[0.5]], wire: 1 };

  it('is read with the problem', () => {
    const iv = { kind: 'sinh', beta: 2 };
    expect(parseCrossbarProblem({ ...base, iv }).iv).toEqual(iv);
    expect('iv' in parseCrossbarProblem(base)).toBe(false);
  });

  it.each([
    [{ kind: 'exp' }, 'iv.kind'],
    [null, 'iv.kind'],
    [{ kind: 'sinh' }, 'iv.beta'],
    [{ kind: 'sinh', beta: -1 }, 'iv.beta'],
    [{ kind: 'sinh', beta: 1e4 }, 'iv.beta'],
    [{ kind: 'sinh', beta: 1, c: 2 }, 'iv.c'],
    [{ kind: 'cubic', c: NaN }, 'iv.c'],
    [{ kind: 'cubic', c: 1.4 }, 'iv.c'],
  ])('%o is refused at %s', (iv, path) => {
    expect(() => parseCrossbarProblem({ ...base, iv })).toThrow(expect.objectContaining({ path }));
  });

  it('the models of linear cells refuse a curve', () => {
    const problem = { ...parseCrossbarProblem(base), iv: { kind: 'sinh', beta: 1 } as const };
    for (const method of ['aam', 'alpha-beta', 'dmr', 'jeong', 'series'] as const) {
      expect(() => solveArray(problem, { method })).toThrow(`is not known to the method '${method}'`);
    }
  });
});
