import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { txsim, txsimWith } from './support/txsim.js';

const SMALL = {
  conductances: [
    [1e-5, 2e-5],
    [3e-5, 4e-5],
  ],
  voltages: [[0.1, 0.2]],
  wire: { row: 0, column: 0 },
  source: 0,
  sink: 0,
};

interface Solution {
  readonly currents: number[][];
  readonly method: string;
  readonly errorBound: number;
  readonly effective?: number[][];
  readonly seconds: number;
}

async function solve(problem: object, ...options: string[]): Promise<Solution> {
  const { code, stdout } = await txsimWith(
    JSON.stringify(problem),
    '.',
    'array',
    'solve',
    '-',
    '--json',
    ...options,
  );
  expect(code).toBe(0);
  return JSON.parse(stdout) as Solution;
}

it('is V · G without resistances', async () => {
  const { currents, method, errorBound, seconds } = await solve(SMALL);
  expect(method).toBe('exact');
  expect(currents[0]![0]).toBeCloseTo(7e-6, 15);
  expect(currents[0]![1]).toBeCloseTo(1e-5, 15);
  expect(errorBound).toBeGreaterThanOrEqual(0);
  expect(seconds).toBeGreaterThanOrEqual(0);
});

it('agrees with ngspice on a reference crossbar', async () => {
  const file = resolve('test/fixtures/crossbars/xbar-32x32-rr2-rc5-rs100-rk50.json');
  const golden = JSON.parse(readFileSync(file, 'utf8')) as {
    G: number[][];
    V: number[][];
    I_ngspice: number[][];
  };
  const problem = {
    conductances: golden.G,
    voltages: golden.V,
    wire: { row: 2, column: 5 },
    source: 100,
    sink: 50,
  };
  const { currents } = await solve(problem);
  golden.I_ngspice.forEach((vector, k) =>
    vector.forEach((current, j) => expect(Math.abs(currents[k]![j]! / current - 1)).toBeLessThan(1e-9)),
  );
});

it('drives the columns with --backward', async () => {
  const { currents } = await solve(SMALL, '--backward');
  expect(currents[0]![0]).toBeCloseTo(5e-6, 15);
  expect(currents[0]![1]).toBeCloseTo(1.1e-5, 15);
});

it('gives the effective matrix of the ladder', async () => {
  const { effective, method } = await solve({ ...SMALL, wire: { row: 1, column: 1 } }, '--method', 'ladder');
  expect(method).toBe('ladder');
  expect(effective![0]![0]).toBeLessThan(1e-5);
});

it('names the file, the path and the value of what is wrong', async () => {
  const wrong = { ...SMALL, conductances: [[1e-5, -1], [3e-5, 4e-5]] }; // prettier-ignore
  const { code, stderr } = await txsimWith(JSON.stringify(wrong), '.', 'array', 'solve', '-');
  expect(code).toBe(2);
  expect(stderr).toContain('standard input: conductances[0][1]');
  expect(stderr).toContain('-1');
});

it('refuses a method that it does not have', async () => {
  const { code, stderr } = await txsim('.', 'array', 'solve', '-', '--method', 'guess');
  expect(code).toBe(2);
  expect(stderr).toContain('exact, ladder, ideal');
});
