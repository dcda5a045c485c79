import { describe, expect, it } from 'vitest';
import { effectiveMatrix, idealNetwork, solveArray } from '../../src/wire/index.js';
import { denseCurrents } from './support/dense-network.js';
import { difference, largest, problemOf, randomArray, randomNumbers } from './support/arrays.js';
import { beside, validationTable } from '../../../../test/support/validation.js';
import { studyArray, studyErrors } from './support/study.js';

const table = validationTable(
  'Published approximations of wires',
  'Currents, amperes, of DMR (IEEE 9184938) and Jeong (IEEE 8219726) as published, and of αβ as A. Lambertini, Crossbar_Models_Comparison (2024), evaluates it; their numbers carry seven digits.',
);

const published = ['aam', 'alpha-beta', 'dmr', 'jeong', 'series'] as const;

describe('4 × 4 of 1 kΩ and 100 kΩ, 1 Ω segments, no terminals', () => {
  const ohms = [
    [1e3, 1e5, 1e3, 1e5],
    [1e5, 1e3, 1e5, 1e3],
    [1e3, 1e3, 1e5, 1e5],
    [1e5, 1e5, 1e3, 1e3],
  ];
  const problem = {
    conductances: ohms.map((row) => row.map((R) => 1 / R)),
    voltages: [[0.1, 0.2, 0.3, 0.4]],
    wire: { row: 1, column: 1 },
    source: 0,
    sink: 0,
  };
  const printed = (method: (typeof published)[number], expected: number[]): void => {
    const currents = solveArray(problem, { method }).currents[0]!;
    expect(currents.map((current) => Number(current.toPrecision(7)))).toEqual(expected);
    table.row(`4 × 4, ${method}`, ...beside(expected, currents));
  };

  it('DMR as published, to all digits', () =>
    printed('dmr', [0.0004036124, 0.0005012581, 0.0005013963, 0.0005992498]));

  it('αβ as another program evaluates it, to all digits', () =>
    printed('alpha-beta', [0.0004033661, 0.0005010594, 0.0005008657, 0.0005983796]));

  it('Jeong with k = 0.95 as published, to all digits', () =>
    printed('jeong', [0.000403468, 0.0005011808, 0.0005007353, 0.0005986331]));
});

it('αβ of 5 × 4 cells of 100 Ω to 2 kΩ, 2 Ω segments, as another program evaluates it for equal drives', () => {
  // A. Lambertini, Crossbar_Models_Comparison (2024), `alpha_beta_acc`.
  const conductances = Array.from({ length: 5 }, (_, i) =>
    Array.from({ length: 4 }, (__, j) => 1 / (100 * (4 * i + j + 1))),
  );
  const problem = { conductances, voltages: [[0.5, 0.1, 0.2, 0.3, 0.4]], wire: { row: 2, column: 2 }, source: 0, sink: 0 }; // prettier-ignore
  const [currents] = solveArray(problem, { method: 'alpha-beta' }).currents;
  expect(currents!.map((current) => Number(current.toPrecision(7)))).toEqual([0.005095027, 0.00295678, 0.002175369, 0.001761825]); // prettier-ignore
});

describe('one cell between 5 Ω and 8 Ω', () => {
  const current = (method: (typeof published)[number]) => {
    const wire = { row: 1, column: 2 };
    const problem = { conductances: [[0.1]], voltages: [[1]], wire, source: 4, sink: 6 };
    return solveArray(problem, { method }).currents[0]![0];
  };

  it.each(['jeong', 'series'] as const)('%s is exact', (method) =>
    expect(current(method)).toBeCloseTo(1 / 23, 14),
  );

  it.each(['aam', 'alpha-beta', 'dmr'] as const)('%s is the product of what either side leaves', (method) =>
    expect(current(method)).toBeCloseTo(0.1 / (1 + 0.5) / (1 + 0.8), 14),
  );
});

describe('the published approximations on 80 random arrays up to 9 × 9', () => {
  const random = randomNumbers(51);
  const cases = Array.from({ length: 80 }, () => {
    const array = randomArray(random, { rows: [1, 9], columns: [1, 9], open: 0.1, none: 0.2, signed: true });
    return { array, dense: denseCurrents(array.conductances, array.network, array.voltages) };
  });

  it.each(published)('%s keeps its proved bound', (method) => {
    for (const { array, dense } of cases) {
      const { currents, errorBound, errorKind } = solveArray(problemOf(array), { method });
      expect(errorKind).toBe('proved');
      expect(difference(currents, dense)).toBeLessThanOrEqual(
        errorBound + 1e-12 * largest(array.conductances),
      );
    }
  });

  it.each(published)('%s keeps the bound of its matrix', (method) => {
    for (const { array } of cases.slice(0, 40)) {
      const exact = effectiveMatrix(array.conductances, array.network);
      const guess = effectiveMatrix(array.conductances, array.network, method);
      const apart = difference(guess.conductances, exact.conductances);
      expect(apart).toBeLessThanOrEqual(guess.errorBound + exact.errorBound);
    }
  });

  it('aam never gives more current than the network', () => {
    for (const { array } of cases) {
      const exact = effectiveMatrix(array.conductances, array.network);
      const aam = effectiveMatrix(array.conductances, array.network, 'aam').conductances;
      aam.forEach((row, i) =>
        row.forEach((g, j) => expect(g).toBeLessThanOrEqual(exact.conductances[i]![j]! + exact.errorBound)),
      );
    }
  });

  it.each(published)('%s is ideal without resistances, and zero with open cells', (method) => {
    const { conductances } = cases[0]!.array;
    const ideal = effectiveMatrix(conductances, idealNetwork, method).conductances;
    expect(difference(ideal, conductances)).toBeLessThan(1e-15 * largest(conductances));
    const open = conductances.map((row) => row.map(() => 0));
    const network = { row: 1, column: 2, source: 3, sink: 4 };
    expect(largest(effectiveMatrix(open, network, method).conductances)).toBe(0);
  });
});

describe('how good they are', () => {
  const random = randomNumbers(52);
  const arrays = Array.from({ length: 40 }, () => studyArray(random));
  const median = (method: Parameters<typeof studyErrors>[1]) =>
    arrays.map((array) => studyErrors(array, method).pairs).sort((a, b) => a - b)[20]!;

  it('for differences of columns in the order ladder2 < ladder < aam, alpha-beta < dmr, jeong < series < ideal', () => {
    const [ladder2, ladder, aam, alphaBeta, dmr, jeong, series, ideal] = (
      ['ladder2', 'ladder', 'aam', 'alpha-beta', 'dmr', 'jeong', 'series', 'ideal'] as const
    ).map(median) as [number, number, number, number, number, number, number, number];
    expect([ladder2 < ladder, ladder < aam, aam < dmr, aam < jeong]).toEqual([true, true, true, true]);
    expect([ladder < alphaBeta, alphaBeta < dmr]).toEqual([true, true]);
    expect([dmr < series, jeong < series, series < ideal]).toEqual([true, true, true]);
  });

  it('what aam lacks over whole vectors is less than 1.3 ρ_b', () => {
    for (const array of arrays) {
      const { out, severity } = studyErrors(array, 'aam');
      expect(out).toBeLessThan(1.3 * severity);
    }
  });

  it('series removes only a small part of the error of ideal wires at 32 lines and more', () => {
    const large = arrays.filter(
      ({ conductances }) => conductances.length >= 32 && conductances[0]!.length >= 32,
    );
    const shares = large.map(
      (array) => 1 - studyErrors(array, 'series').out / studyErrors(array, 'ideal').out,
    );
    const typical = shares.sort((a, b) => a - b)[Math.floor(shares.length / 2)]!;
    expect(typical).toBeGreaterThan(0);
    expect(typical).toBeLessThan(0.25);
  });
});

table.isOnPage();
