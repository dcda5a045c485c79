import { solveArray } from '@txsim/circuit-models';
import { expect, it } from 'vitest';
import { CrossbarSystem } from '../../src/bench/crossbar-system.js';

it.each([
  [1, 1],
  [1, 7],
  [6, 1],
  [13, 20],
  [32, 17],
])('the general solver of a %i × %i array finds the currents of ours', (rows, columns) => {
  const state = (k: number): number => (k * 0.618034) % 1;
  const cells = Array.from({ length: rows * columns }, (_, k) => 1e-5 + 1e-3 * state(k));
  const volts = Array.from({ length: rows }, (_, i) => state(3 * i + 1));
  const conductances = Array.from({ length: rows }, (_, i) => cells.slice(i * columns, (i + 1) * columns));
  const problem = { conductances, voltages: [volts], wire: { row: 2, column: 5 }, source: 30, sink: 7 };
  const [expected] = solveArray(problem).currents;
  const lines = { row: 2, column: 5, rowEnd: 32, columnEnd: 12 };
  const found = new CrossbarSystem(rows, columns, cells, lines).currents(volts);
  found.forEach((current, j) => expect(Math.abs(current / expected![j]! - 1)).toBeLessThan(1e-9));
});
