import { expect, it } from 'vitest';
import { txsim } from './support/txsim.js';

interface Result {
  readonly machine: object;
  readonly versions: object;
  readonly rows: readonly object[];
}

const number = expect.any(Number) as number;
const text = expect.any(String) as string;

it('prints one JSON object with machine, versions and rows', async () => {
  const { code, stdout, stderr } = await txsim('.', 'bench', 'matmul 512³ nn', '--quick', '--json');
  expect(code).toBe(0);
  expect(stderr).toBe('1/1 matMul 512³ NN\n');
  const { machine, versions, rows } = JSON.parse(stdout) as Result;
  expect(machine).toEqual({
    cpu: text,
    cores: number,
    node: process.version,
    platform: process.platform,
    engine: 'wasm (WebAssembly SIMD, one thread)',
  });
  expect(versions).toEqual({ txsim: '0.1.0', core: '0.1.0', tfjs: '4.22.0' });
  expect(rows).toEqual([
    {
      name: 'matMul 512³ NN',
      unit: 'GFLOP/s',
      value: number,
      median: number,
      low: number,
      high: number,
      against: 'stock tfjs-wasm',
      baseline: number,
      ratio: number,
      ratioLow: number,
      ratioHigh: number,
    },
  ]);
});

it('compiles the hand-written loops beside it', async () => {
  const { code, stdout } = await txsim('.', 'bench', 'constant step', '--quick', '--markdown');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\| device expression: constant step \| .* ns per device \| .*hand-written SIMD/m);
});

it('names the rows where a word is in none, and exits with 2', async () => {
  const { code, stdout, stderr } = await txsim('.', 'bench', 'transistor');
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('transistor: no benchmark of the wasm engine has it in its name');
  expect(stderr).toContain('  matMul 512³ NN');
});
