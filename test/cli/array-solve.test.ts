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
  readonly requested: string;
  readonly errorBound: number;
  readonly errorKind: string;
  readonly severity: number;
  readonly measured?: {
    readonly error: number;
    readonly vectors: number;
    readonly differential: boolean;
    readonly rejected: readonly { readonly method: string }[];
  };
  readonly cells?: { readonly treatment: string };
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

const WIRED = {
  ...SMALL,
  wire: { row: 20, column: 20 },
  voltages: Array.from({ length: 6 }, (_, k) => [0.1 + 0.01 * k, 0.2 - 0.02 * k]),
};

it('says which method auto took, and what it measured', async () => {
  const { method, requested, errorKind, severity, measured } = await solve(WIRED, '--method', 'auto');
  expect([method, requested, errorKind]).toEqual(['ladder', 'auto', 'measured']);
  expect(severity).toBeGreaterThan(0);
  expect(measured).toMatchObject({ vectors: 4, differential: false });
});

it('goes on to a better method where the tolerance asks for it, by the differences that --pairs names', async () => {
  const { method, measured } = await solve(WIRED, '--method', 'auto', '--tolerance', '1e-8', '--pairs');
  expect(method).toBe('ladder2');
  expect(measured!.differential).toBe(true);
  expect(measured!.rejected.map((tried) => tried.method)).toEqual(['ladder']);
});

it.each(['ladder2', 'aam', 'dmr', 'jeong', 'series', 'ideal'])('knows the method %s', async (name) => {
  const { method, effective } = await solve(WIRED, '--method', name);
  expect(method).toBe(name);
  expect(effective).toHaveLength(2);
});

it('solves cells with a curve', async () => {
  const { currents, cells } = await solve({ ...SMALL, iv: { kind: 'sinh', beta: 5 } });
  expect(cells!.treatment).toBe('newton');
  expect(currents[0]![0]).toBeCloseTo((1e-5 * Math.sinh(0.5) + 3e-5 * Math.sinh(1)) / 5, 15);
});

it('prints method, error and severity in words', async () => {
  const args = ['.', 'array', 'solve', '-', '--method', 'auto'] as const;
  const { code, stdout } = await txsimWith(JSON.stringify(WIRED), ...args);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^method +ladder, chosen by auto$/m);
  expect(stdout).toMatch(/^error +about .* A \(three times the worst that was measured\)$/m);
  expect(stdout).toMatch(/^severity +0\.\d+$/m);
});

it('refuses options without effect', async () => {
  for (const [options, text] of [
    [['--method', 'ladder', '--tolerance', '0.1'], '--tolerance: is for --method exact and auto'],
    [['--tolerance', '0'], 'number > 0'],
    [['--pairs'], '--pairs: is what --method auto'],
    [['--method', 'auto', '--pairs', '--backward'], '--backward'],
  ] as const) {
    const { code, stderr } = await txsimWith(JSON.stringify(WIRED), '.', 'array', 'solve', '-', ...options);
    expect(code).toBe(2);
    expect(stderr).toContain(text);
  }
});

it('refuses a curve for a method whose cells are linear', async () => {
  const problem = JSON.stringify({ ...SMALL, iv: { kind: 'sinh', beta: 5 } });
  const { code, stderr } = await txsimWith(problem, '.', 'array', 'solve', '-', '--method', 'dmr');
  expect(code).toBe(2);
  expect(stderr).toContain('standard input: iv');
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
  expect(stderr).toContain('exact, ladder, ladder2, auto');
});
