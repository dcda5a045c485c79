import { describe, expect, it } from 'vitest';
import {
  crossbarOf,
  effectiveMatrix,
  idealNetwork,
  ladder2ErrorEnvelope,
  solveArray,
  solveLadder,
  solveLadder2,
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
import { entryError, studyArray, studyErrors } from './support/study.js';

const exchanged = ({ row, column, source, sink }: WireNetwork): WireNetwork => ({
  row: column,
  column: row,
  source: sink,
  sink: source,
});

describe('identities of ladder + rank four, 30 random arrays up to 30 × 30', () => {
  const random = randomNumbers(404);
  const arrays = Array.from({ length: 30 }, () =>
    randomArray(random, { rows: [1, 30], columns: [1, 30], open: 0.1, none: 0.2 }),
  );
  const matrixOf = (conductances: number[][], network: WireNetwork) =>
    effectiveMatrix(conductances, network, 'ladder2').conductances;

  it('transposition, exchanged and mirrored, transposes it', () => {
    for (const { conductances, network } of arrays) {
      const turned = matrixOf(mirrored(transposed(conductances)), exchanged(network));
      const straight = matrixOf(conductances, network);
      expect(difference(mirrored(transposed(turned)), straight)).toBeLessThan(1e-9 * largest(straight));
    }
  });

  it('is exact when the word lines or the bit lines are ideal', () => {
    for (const { conductances, network } of arrays) {
      for (const side of [
        { row: 0, source: 0 },
        { column: 0, sink: 0 },
      ]) {
        const oneSided = { ...network, ...side };
        const exact = effectiveMatrix(conductances, oneSided).conductances;
        expect(difference(matrixOf(conductances, oneSided), exact)).toBeLessThan(1e-12 * largest(exact));
      }
    }
  });

  it('is exact for one word line without segments: a single potential and its answer', () => {
    for (const { conductances, network } of arrays) {
      const line = conductances.slice(0, 1);
      const lumped = { ...network, row: 0, column: 0 };
      const { conductances: exact, errorBound } = effectiveMatrix(line, lumped);
      const apart = difference(matrixOf(line, lumped), exact);
      expect(apart).toBeLessThanOrEqual(errorBound + 1e-12 * largest(exact));
    }
  });

  it('contains the same direct part as ladder + rank one, and nothing without wires', () => {
    for (const { conductances, network } of arrays) {
      const crossbar = crossbarOf(conductances, network);
      expect(solveLadder2(crossbar).direct).toEqual(solveLadder(crossbar).direct);
      expect(difference(matrixOf(conductances, idealNetwork), conductances)).toBe(0);
    }
  });

  it('rows and columns of open cells change nothing that matters', () => {
    const { conductances, network } = arrays.find(({ conductances: [row] }) => row!.length > 8)!;
    const padded = [row0(conductances), ...conductances.map((row) => [...row, 0])];
    const inner = matrixOf(padded, network)
      .slice(1)
      .map((row) => row.slice(0, -1));
    const alone = matrixOf(conductances, network);
    expect(difference(inner, alone)).toBeLessThan(2e-3 * largest(alone));
  });
});

const row0 = (conductances: number[][]) => new Array<number>(conductances[0]!.length + 1).fill(0);

describe('its error on 60 arrays of the tables, fresh seed', () => {
  const random = randomNumbers(777);
  const arrays = Array.from({ length: 60 }, () => studyArray(random));
  const errors = arrays.map((array) => ({
    array,
    ladder: studyErrors(array, 'ladder'),
    ladder2: studyErrors(array, 'ladder2'),
  }));

  it('of whole vectors is at most 0.1 ρ_b, of single currents and entries within the envelope', () => {
    for (const { array, ladder2 } of errors) {
      expect(ladder2.out).toBeLessThan(0.1 * ladder2.severity);
      expect(ladder2.single).toBeLessThan(ladder2ErrorEnvelope(ladder2.severity));
      if (array.conductances.length < 40) {
        expect(entryError(array, 'ladder2')).toBeLessThan(ladder2ErrorEnvelope(ladder2.severity));
      }
    }
  });

  it('is smaller than that of rank one in the median, and where that is worst a third of it', () => {
    const ratios = errors.map(({ ladder, ladder2 }) => ladder2.out / ladder.out).sort((a, b) => a - b);
    expect(ratios[30]).toBeLessThan(0.9);
    const worst = (pick: 'ladder' | 'ladder2') => Math.max(...errors.map((error) => error[pick].out));
    expect(worst('ladder2')).toBeLessThan(worst('ladder') / 3);
  });

  it('is said to be an estimate, which holds', () => {
    for (const { array } of errors.slice(0, 20)) {
      const problem = problemOf(array);
      const guess = solveArray(problem, { method: 'ladder2' });
      expect(guess.errorKind).toBe('estimate');
      expect(difference(guess.currents, solveArray(problem).currents)).toBeLessThan(guess.errorBound);
    }
  });
});
