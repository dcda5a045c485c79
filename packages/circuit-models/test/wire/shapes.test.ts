import { describe, expect, it } from 'vitest';
import { effectiveMatrix, solveArray } from '../../src/wire/index.js';
import { denseCurrents } from './support/dense-network.js';
import { difference, largest, problemOf, randomArray, randomNumbers } from './support/arrays.js';

const random = randomNumbers(42);

describe.each([
  [1, 1],
  [1, 12],
  [12, 1],
  [2, 11],
  [11, 2],
  [12, 12],
])('%d × %d', (rows, columns) => {
  const array = randomArray(random, { rows: [rows, rows], columns: [columns, columns], signed: true });
  const { conductances, network, voltages } = array;
  const problem = problemOf(array);
  const scale = largest(conductances);

  it('agrees with the dense network in both directions', () => {
    const forward = solveArray(problem);
    expect(difference(forward.currents, denseCurrents(conductances, network, voltages))).toBeLessThan(
      1e-10 * scale,
    );
    const volts = [conductances[0]!.map(() => random())];
    const back = solveArray({ ...problem, voltages: volts }, { backward: true });
    const expected = denseCurrents(conductances, network, volts, 'bitLines');
    expect(difference(back.currents, expected)).toBeLessThan(1e-10 * scale);
  });

  it('shapes are [K][N], backward [K][M], and the matrix is [M][N]', () => {
    const volts = [conductances[0]!.map(() => 1)];
    for (const method of ['exact', 'ladder', 'ideal'] as const) {
      const forward = solveArray(problem, { method }).currents;
      expect([forward.length, forward[0]!.length]).toEqual([2, columns]);
      const back = solveArray({ ...problem, voltages: volts }, { method, backward: true }).currents;
      expect([back.length, back[0]!.length]).toEqual([1, rows]);
      const matrix = effectiveMatrix(conductances, network, method).conductances;
      expect([matrix.length, matrix[0]!.length]).toEqual([rows, columns]);
    }
  });

  it('no voltage, no current', () => {
    const { currents, errorBound } = solveArray({ ...problem, voltages: [conductances.map(() => 0)] });
    expect(largest(currents)).toBe(0);
    expect(errorBound).toBe(0);
  });
});

it('rows and columns of open cells at the far ends change nothing', () => {
  const array = randomArray(random, { rows: [6, 6], columns: [7, 7] });
  const empty = new Array<number>(9).fill(0);
  const padded = [empty, empty, ...array.conductances.map((row) => [...row, 0, 0])];
  for (const method of ['exact', 'ladder'] as const) {
    const inner = effectiveMatrix(padded, array.network, method).conductances.slice(2);
    const alone = effectiveMatrix(array.conductances, array.network, method).conductances;
    const cut = inner.map((row) => row.slice(0, 7));
    expect(difference(cut, alone)).toBeLessThan(1e-13 * largest(alone));
  }
});

it('one hot cell among nearly open ones is solved exactly', () => {
  const conductances = Array.from({ length: 8 }, (_, i) =>
    Array.from({ length: 8 }, (_, j) => (i === 2 && j === 5 ? 1 : 1e-9)),
  );
  const network = { row: 3, column: 2, source: 50, sink: 20 };
  const voltages = [[1, -1, 0.5, 0, 2, 1, 0.1, 0]];
  const problem = { conductances, voltages, wire: network, source: 50, sink: 20 };
  const expected = denseCurrents(conductances, network, voltages);
  expect(difference(solveArray(problem).currents, expected)).toBeLessThan(1e-10 * largest(expected));
});
