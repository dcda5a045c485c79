import { describe, expect, it } from 'vitest';
import { crossbarOf, exactSolver, solveArray, WireConvergenceError } from '../../src/wire/index.js';
import { denseCurrents } from './support/dense-network.js';
import { difference, largest, problemOf, randomArray, randomNumbers } from './support/arrays.js';

/** What Gaussian elimination of the dense network is trusted to, relative to the largest current. */
const reference = 1e-12;

describe('against the dense network, 150 random arrays up to 9 × 9', () => {
  const random = randomNumbers(7);
  const cases = Array.from({ length: 150 }, () => {
    const array = randomArray(random, { rows: [1, 9], columns: [1, 9], open: 0.1, none: 0.2, signed: true });
    const { conductances, network, voltages } = array;
    const backward = { source: 2 * network.source, sink: network.sink + 5 };
    const volts = [conductances[0]!.map(() => random() - 0.5)];
    return {
      problem: problemOf(array),
      magnitudes: voltages.map((vector) => vector.map(Math.abs)),
      backward,
      volts,
      slack: reference * largest(conductances),
      dense: {
        forward: denseCurrents(conductances, network, voltages),
        backward: denseCurrents(conductances, { ...network, ...backward }, volts, 'bitLines'),
      },
    };
  });

  it.each([1e-11, 1e-6, 1e-3, 1e-1])('the exact bound holds at a tolerance of %d', (tolerance) => {
    for (const { problem, slack, dense } of cases) {
      const { currents, errorBound } = solveArray(problem, { tolerance });
      expect(difference(currents, dense.forward)).toBeLessThanOrEqual(errorBound + slack);
    }
  });

  it.each([1e-11, 1e-3])('and at %d backward, with terminations of its own', (tolerance) => {
    for (const { problem, backward, volts, slack, dense } of cases) {
      const { currents, errorBound } = solveArray({ ...problem, voltages: volts }, { tolerance, backward });
      expect(difference(currents, dense.backward)).toBeLessThanOrEqual(errorBound + slack);
    }
  });

  it('the default is good to 1e-10 of the largest current that the magnitudes of the voltages drive', () => {
    for (const { problem, magnitudes, dense } of cases) {
      const most = largest(solveArray({ ...problem, voltages: magnitudes }).currents);
      expect(difference(solveArray(problem).currents, dense.forward)).toBeLessThanOrEqual(1e-10 * most);
    }
  });

  it('the bound of ideal wires holds', () => {
    for (const { problem, slack, dense } of cases) {
      const { currents, errorBound } = solveArray(problem, { method: 'ideal' });
      expect(difference(currents, dense.forward)).toBeLessThanOrEqual(errorBound + slack);
    }
  });
});

describe('arrays that lose most of their current', () => {
  const random = randomNumbers(11);
  const severe = (size: number, wire: number, terminal: number) => ({
    conductances: Array.from({ length: size }, () =>
      Array.from({ length: size }, () => (random() < 0.5 ? 1e-3 : 5e-5)),
    ),
    voltages: [Array.from({ length: size }, random)],
    wire: { row: wire, column: wire },
    source: terminal,
    sink: terminal,
  });

  it.each([
    [64, 20, 0],
    [64, 1, 1000],
    [64, 20, 1000],
    [96, 50, 0],
  ])('%d² cells of 1 kΩ, segments of %d Ω, terminals of %d Ω', (size, wire, terminal) => {
    const problem = severe(size, wire, terminal);
    const { currents, errorBound } = solveArray(problem);
    const ideal = solveArray(problem, { method: 'ideal' });
    const sum = (matrix: number[][]) => matrix.flat().reduce((total, current) => total + current, 0);
    expect(1 - sum(currents) / sum(ideal.currents)).toBeGreaterThan(0.9);
    expect(errorBound).toBeLessThan(1e-10 * largest(currents));
    const tighter = solveArray(problem, { tolerance: 1e-13 });
    expect(difference(currents, tighter.currents)).toBeLessThanOrEqual(errorBound + tighter.errorBound);
  });

  it('12² cells with 95 % of the current lost agree with the dense network', () => {
    const problem = severe(12, 200, 5000);
    const { currents, errorBound } = solveArray(problem);
    const network = { ...problem.wire, source: 5000, sink: 5000 };
    const expected = denseCurrents(problem.conductances, network, problem.voltages);
    expect(difference(currents, expected)).toBeLessThanOrEqual(errorBound + 1e-11 * largest(expected));
  });
});

it('a tolerance below rounding ends with the bound that was reached', () => {
  const array = randomArray(randomNumbers(3), { rows: [30, 30], columns: [30, 30] });
  const { errorBound, currents } = solveArray(problemOf(array), { tolerance: 0 });
  expect(errorBound).toBeGreaterThan(0);
  expect(errorBound).toBeLessThan(1e-10 * largest(currents));
});

it('giving up is a WireConvergenceError that names the residual', () => {
  const array = randomArray(randomNumbers(3), { rows: [30, 30], columns: [30, 30] });
  const solver = exactSolver(crossbarOf(array.conductances, array.network), {
    maxSweeps: 1,
    tolerance: 1e-12,
  });
  const attempt = () => solver.solve(array.voltages[0]!);
  expect(attempt).toThrow(WireConvergenceError);
  expect(attempt).toThrow(/after 1 sweeps the residual is \d\.\d+e-\d+, which certifies/);
});
