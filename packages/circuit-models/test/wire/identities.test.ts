import { describe, expect, it } from 'vitest';
import {
  crossbarOf,
  effectiveMatrix,
  idealNetwork,
  solveArray,
  solveLadder,
  type WireNetwork,
} from '../../src/wire/index.js';
import {
  difference,
  largest,
  mirrored,
  problemOf,
  randomArray,
  randomNumbers,
  transposed,
} from './support/arrays.js';

const random = randomNumbers(20260101);
const arrays = Array.from({ length: 12 }, () =>
  randomArray(random, { rows: [2, 40], columns: [2, 40], open: 0.05 }),
);
const exchanged = ({ row, column, source, sink }: WireNetwork): WireNetwork => ({
  row: column,
  column: row,
  source: sink,
  sink: source,
});

describe.each(arrays.map((array, index) => ({ index, ...array })))('random array $index', (array) => {
  const { conductances, network, voltages } = array;
  const problem = problemOf(array);
  const exact = effectiveMatrix(conductances, network);
  const scale = largest(exact.conductances);

  it('B ≤ Geff', () => {
    const { direct } = solveLadder(crossbarOf(conductances, network));
    const flat = exact.conductances.flat();
    expect(direct.every((b, k) => b <= flat[k]! + exact.errorBound)).toBe(true);
  });

  it('currents are linear in the voltages: V · Geff', () => {
    const { currents } = solveArray(problem);
    const products = voltages.map((v) =>
      conductances[0]!.map((_, j) =>
        v.reduce((sum, volts, i) => sum + volts * exact.conductances[i]![j]!, 0),
      ),
    );
    expect(difference(currents, products)).toBeLessThan(1e-9 * largest(products));
  });

  it.each(['exact', 'ladder'] as const)(
    'transposition, exchanged and mirrored, transposes Geff (%s)',
    (method) => {
      const turned = effectiveMatrix(mirrored(transposed(conductances)), exchanged(network), method);
      const straight = effectiveMatrix(conductances, network, method);
      expect(difference(mirrored(transposed(turned.conductances)), straight.conductances)).toBeLessThan(
        1e-10 * scale,
      );
    },
  );

  it('reciprocity: driving the bit lines gives Geff · V', () => {
    const backwardVoltages = [conductances[0]!.map(() => random() - 0.5)];
    const { currents } = solveArray({ ...problem, voltages: backwardVoltages }, { backward: true });
    const products = exact.conductances.map((row) =>
      row.reduce((sum, g, j) => sum + g * backwardVoltages[0]![j]!, 0),
    );
    expect(difference(currents, [products])).toBeLessThan(1e-9 * scale);
  });

  it('ladder is exact when the word lines or the bit lines are ideal', () => {
    for (const side of [
      { row: 0, source: 0 },
      { column: 0, sink: 0 },
    ]) {
      const oneSided = { ...network, ...side };
      const ladder = effectiveMatrix(conductances, oneSided, 'ladder');
      const solved = effectiveMatrix(conductances, oneSided);
      expect(difference(ladder.conductances, solved.conductances)).toBeLessThan(1e-12 * scale);
    }
  });

  it('without resistances all methods give the ideal product', () => {
    for (const method of ['exact', 'ladder', 'ideal'] as const) {
      const { conductances: matrix, errorBound } = effectiveMatrix(conductances, idealNetwork, method);
      expect(difference(matrix, conductances)).toBeLessThan(1e-15 * largest(conductances));
      expect(errorBound).toBeLessThan(1e-11 * largest(conductances));
    }
  });

  it('the ladder form returns p and q as what its direct part has lost', () => {
    const crossbar = crossbarOf(conductances, network);
    const { direct, lostByRow } = solveLadder(crossbar);
    const grounded = solveLadder(crossbarOf(conductances, { ...network, column: 0, sink: 0 })).direct;
    lostByRow.forEach((lost, i) => {
      const line = (flat: Float64Array) =>
        flat.subarray(i * crossbar.columns, (i + 1) * crossbar.columns).reduce((sum, g) => sum + g, 0);
      expect(lost).toBeCloseTo(line(grounded) - line(direct), 14);
    });
  });
});
