import { effectiveMatrix, solveArray, type SolveMethod } from '../../../src/wire/index.js';
import { problemOf, type RandomArray } from './arrays.js';

const sizes = [16, 24, 32, 48, 64];

/**
 * One of the arrays of the error tables in `docs/reference/wire-solver.md`: on-resistance 1 to 100 kΩ, on/off 10 to
 * 100, segments 0.1 to 20 Ω, terminals 30 to 1000 Ω (log-uniform); conductances uniform, two-valued, or differential
 * pairs of normal weights in adjacent columns; 16 vectors in [0, 1] V.
 */
export function studyArray(random: () => number, largestSize = 64): RandomArray {
  const between = (low: number, high: number) => low * (high / low) ** random();
  const some = sizes.filter((size) => size <= largestSize);
  const size = () => some[Math.floor(random() * some.length)]!;
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const [M, N] = [size(), size()];
  const on = 1 / between(1e3, 1e5);
  const off = on / between(10, 100);
  const kind = Math.floor(random() * 3);
  const line = () => {
    if (kind < 2) {
      return Array.from({ length: N }, () => (kind === 0 ? random() : random() < 0.5 ? 1 : 0));
    }
    const weights = Array.from({ length: N / 2 }, () => Math.max(-1, Math.min(1, normal() / 4)));
    return weights.flatMap((w) => [Math.max(w, 0), Math.max(-w, 0)]);
  };
  const conductances = Array.from({ length: M }, () => line().map((state) => off + (on - off) * state));
  const terminal = () => between(30, 1000);
  const segment = () => between(0.1, 20);
  const network = { row: segment(), column: segment(), source: terminal(), sink: terminal() };
  return {
    conductances,
    network,
    voltages: Array.from({ length: 16 }, () => Array.from({ length: M }, random)),
  };
}

/** Errors of a method on an array, against the exact one. */
export interface StudyErrors {
  readonly severity: number;
  /** |ΔI| / |I| over all vectors. */
  readonly out: number;
  /** The same for the differences of adjacent columns. */
  readonly pairs: number;
  /** Largest |ΔI_j| of a vector over its largest current, worst vector. */
  readonly single: number;
}

export function studyErrors(array: RandomArray, method: SolveMethod, truth?: number[][]): StudyErrors {
  const problem = problemOf(array);
  const exact = truth ?? solveArray(problem, { tolerance: 1e-9 }).currents;
  const { currents, severity } = solveArray(problem, { method });
  const apart = (line: readonly number[]) => line.flatMap((I, j) => (j % 2 ? [] : [I - line[j + 1]!]));
  const ratio = (a: number[][], b: number[][]) => {
    const off = a.flatMap((line, k) => line.map((I, j) => I - b[k]![j]!));
    return Math.hypot(...off) / Math.hypot(...b.flat());
  };
  const singles = currents.map((line, k) => {
    const worst = Math.max(...line.map((I, j) => Math.abs(I - exact[k]![j]!)));
    return worst / Math.max(...exact[k]!);
  });
  return {
    severity,
    out: ratio(currents, exact),
    pairs: ratio(currents.map(apart), exact.map(apart)),
    single: Math.max(...singles),
  };
}

/** The largest error of an entry of the effective matrix over the largest entry. */
export function entryError(array: RandomArray, method: SolveMethod): number {
  const exact = effectiveMatrix(array.conductances, array.network, 'exact', {
    tolerance: 1e-9,
  }).conductances.flat();
  const guess = effectiveMatrix(array.conductances, array.network, method).conductances.flat();
  return Math.max(...guess.map((g, k) => Math.abs(g - exact[k]!))) / Math.max(...exact);
}
