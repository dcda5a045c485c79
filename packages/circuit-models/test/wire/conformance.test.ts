import { describe, expect, it } from 'vitest';
import { type CrossbarProblem, operatingPoints, solveArray } from '../../src/wire/index.js';
import { beside, validationTable } from '../../../../test/support/validation.js';

const table = validationTable(
  'Arrays with wires',
  'Currents of the exact solver, amperes, against badcrossbar (its README), Qucs, closed forms and sparse LU.',
);

/** Stated numbers carry about ten digits. */
const relative = 2e-9;

function expectCurrents(
  name: string,
  problem: CrossbarProblem,
  expected: number[][],
  method: 'exact' | 'ideal' = 'exact',
  tolerance = relative,
) {
  const { currents } = solveArray(problem, { method });
  expected.forEach((vector, k) => {
    vector.forEach((current, j) => expect(Math.abs(currents[k]![j]! / current - 1)).toBeLessThan(tolerance));
    table.row(expected.length > 1 ? `${name}, vector ${k + 1}` : name, ...beside(vector, currents[k]!));
  });
}

const inverse = (resistances: number[][]) => resistances.map((row) => row.map((ohms) => 1 / ohms));
const noTerminals = { source: 0, sink: 0 };

describe('badcrossbar: 3 × 5, first row segment and last column segment exist as here', () => {
  const conductances = inverse([
    [345, 903, 755, 257, 646],
    [652, 401, 508, 166, 454],
    [442, 874, 190, 244, 635],
  ]);
  const voltages = [[1.5, 2.3, 1.7]];
  const first = [0.01158502542, 0.009190641636, 0.01511568117, 0.02583320822, 0.009811792883];

  it('without wires', () => {
    const expected = [[0.0117215873, 0.0093418705, 0.0154616824, 0.0266592107, 0.0100652261]];
    const problem = { conductances, voltages, wire: { row: 0, column: 0 }, ...noTerminals };
    expectCurrents('3 × 5, no wires, ideal', problem, expected, 'ideal', 1e-8);
    expectCurrents('3 × 5, no wires, solved', problem, expected, 'exact', 1e-8);
  });

  it('0.5 Ω segments, three vectors (README of badcrossbar)', () => {
    const problem = {
      conductances,
      voltages: [...voltages, [4.1, 4.5, 4.0], [2.6, 1.1, 3.3]],
      wire: { row: 0.5, column: 0.5 },
      ...noTerminals,
    };
    expectCurrents(
      '3 × 5, 0.5 Ω segments',
      problem,
      [first, [0.0275114791, 0.0200136734, 0.0345557283, 0.0576328583, 0.0219982853]],
      'exact',
      3e-9,
    );
    const device = operatingPoints(problem)[2]!.devices[0]![3]!;
    expect(device).toBeCloseTo(0.009856197823, 12);
    table.row('3 × 5, 0.5 Ω segments, vector 3, device (0, 3)', ...beside(0.009856197823, device));
  });

  it('5 Ω in front of a word line and behind a bit line: 4.5 Ω terminals and a segment of 0.5 Ω', () => {
    const problem = { conductances, voltages, wire: { row: 0.5, column: 0.5 }, source: 4.5, sink: 4.5 };
    expectCurrents(
      '3 × 5, 0.5 Ω segments, 4.5 Ω terminals',
      problem,
      [[0.0106672878, 0.0085126533, 0.0137643589, 0.0230242022, 0.0090755976]],
      'exact',
      6e-9,
    );
  });
});

describe('1 × 1, 10 Ω at 1 V', () => {
  it.each([
    [1, 2, 1 / 13],
    [0, 2, 1 / 12],
    [1, 0, 1 / 11],
  ])('row %d Ω, column %d Ω', (row, column, expected) => {
    expectCurrents(
      `10 Ω, row ${row} Ω, column ${column} Ω`,
      { conductances: [[0.1]], voltages: [[1]], wire: { row, column }, ...noTerminals },
      [[expected]],
      'exact',
      1e-11,
    );
  });

  it('open', () => {
    const { currents } = solveArray({
      conductances: [[0]],
      voltages: [[1]],
      wire: { row: 1, column: 2 },
      ...noTerminals,
    });
    expect(currents).toEqual([[0]]);
  });
});

describe('Qucs: 5 × 4, 10 to 200 Ω', () => {
  const ohms = Array.from({ length: 5 }, (_, i) => Array.from({ length: 4 }, (_, j) => 10 * (4 * i + j + 1)));
  const conductances = inverse(ohms);

  it('row 1 Ω, column 2 Ω', () => {
    const voltages = [
      [0, 1, 2, 3, 4],
      [3, 2, -1, 2, 3],
    ];
    expectCurrents(
      '5 × 4, row 1 Ω, column 2 Ω',
      { conductances, voltages, wire: { row: 1, column: 2 }, ...noTerminals },
      [
        [0.0605701967, 0.0593276107, 0.0563487388, 0.0533523546],
        [0.1527467529, 0.1087237054, 0.0871995284, 0.0744660844],
      ],
    );
  });

  it('without wires', () => {
    const expected = [[0.0888285571, 0.0803174603, 0.073520164, 0.0679166667]];
    const problem = {
      conductances,
      voltages: [[0, 1, 2, 3, 4]],
      wire: { row: 0, column: 0 },
      ...noTerminals,
    };
    expectCurrents('5 × 4, no wires, ideal', problem, expected, 'ideal');
    expectCurrents('5 × 4, no wires, solved', problem, expected, 'exact');
  });
});

it('4 × 4 of 1 kΩ and 100 kΩ, 1 Ω segments', () => {
  const conductances = inverse([
    [1e3, 1e5, 1e3, 1e5],
    [1e5, 1e3, 1e5, 1e3],
    [1e3, 1e3, 1e5, 1e5],
    [1e5, 1e5, 1e3, 1e3],
  ]);
  const problem = {
    conductances,
    voltages: [[0.1, 0.2, 0.3, 0.4]],
    wire: { row: 1, column: 1 },
    ...noTerminals,
  };
  expectCurrents(
    '4 × 4 of 1 and 100 kΩ, 1 Ω segments',
    problem,
    [[0.0004033676, 0.0005010644, 0.0005008695, 0.0005983866]],
    'exact',
    2e-7,
  );
});

it.each(['exact', 'ladder', 'ideal'] as const)('all cells open gives zeros (%s)', (method) => {
  const conductances = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  const problem = { conductances, voltages: [[1, -2]], wire: { row: 1, column: 2 }, source: 3, sink: 4 };
  const { currents, errorBound, severity } = solveArray(problem, { method });
  expect(currents).toEqual([[0, 0, 0]]);
  expect({ errorBound, severity }).toEqual({ errorBound: 0, severity: 0 });
});

it('a signed 2 × 3 matrix as one-sided pairs in two arrays of 1 Ω segments, 1 kΩ to 10 kΩ', () => {
  const weights = [
    [0.5, -0.25, 1],
    [-1, 0.75, 0.125],
  ];
  const [gMin, gMax] = [1e-4, 1e-3];
  const side = (sign: number) => {
    const rows = [0, 1, 2].map((i) => weights.map((row) => Math.max(0, sign * row[i]!)));
    const conductances = rows.map((row) => row.map((w) => gMin + w * (gMax - gMin)));
    const problem = {
      conductances,
      voltages: [[0.2, -0.6, 0.9]],
      wire: { row: 1, column: 1 },
      ...noTerminals,
    };
    return solveArray(problem).currents[0]!;
  };
  const [positive, negative] = [side(1), side(-1)];
  const outputs = positive.map((current, j) => (current - negative[j]!) / (gMax - gMin));
  expect(outputs[0]).toBeCloseTo(1.1467526, 6);
  expect(outputs[1]).toBeCloseTo(-0.5350784, 6);
  table.row('signed 2 × 3 as pairs, 1 Ω segments', ...beside([1.1467526, -0.5350784], outputs.slice(0, 2)));
});

table.isOnPage();
