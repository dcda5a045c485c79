import { describe, expect, it } from 'vitest';
import { crossbarOf, exactSolver, solveArray, WireConvergenceError } from '../../src/wire/index.js';
import { difference, largest, problemOf, randomArray, randomNumbers } from './support/arrays.js';

describe('several vectors in one sweep', () => {
  const random = randomNumbers(31);
  const cases = Array.from({ length: 40 }, () => {
    const array = randomArray(random, { rows: [1, 30], columns: [1, 30], open: 0.1, none: 0.2 });
    const count = 2 + Math.floor(random() * 7);
    const voltages = Array.from({ length: count }, () => array.conductances.map(() => random() - 0.5));
    return { problem: { ...problemOf(array), voltages }, array };
  });

  it('give the currents that each has alone, within both bounds, 40 arrays of 2 to 8 vectors', () => {
    for (const { problem } of cases) {
      const together = solveArray(problem);
      problem.voltages.forEach((vector, k) => {
        const alone = solveArray({ ...problem, voltages: [vector] });
        const apart = difference([together.currents[k]!], alone.currents);
        expect(apart).toBeLessThanOrEqual(together.errorBound + alone.errorBound);
        expect(together.sweeps).toBeGreaterThanOrEqual(alone.sweeps!);
      });
    }
  });

  it('keep the currents of their own last sweep: a silent vector beside loud ones', () => {
    const { problem } = cases[0]!;
    const silent = problem.conductances.map(() => 0);
    const { currents } = solveArray({ ...problem, voltages: [problem.voltages[0]!, silent] });
    expect(largest([currents[1]!])).toBe(0);
  });

  it('a solver can be asked again and forgets what it solved before', () => {
    const { array, problem } = cases[1]!;
    const solver = exactSolver(crossbarOf(array.conductances, array.network));
    const first = solver.solveAll(problem.voltages);
    solver.solveAll(problem.voltages.map((vector) => vector.map((volts) => 9 * volts)));
    expect(solver.solveAll(problem.voltages)).toEqual(first);
  });

  it('are given up like a single one', () => {
    const { conductances, network } = randomArray(random, { rows: [20, 20], columns: [20, 20] });
    const solver = exactSolver(crossbarOf(conductances, network), { maxSweeps: 1, tolerance: 1e-13 });
    const drives = [conductances.map(() => 1), conductances.map((_, i) => i)];
    expect(() => solver.solveAll(drives)).toThrow(WireConvergenceError);
  });
});
