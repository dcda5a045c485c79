import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fixture, temporaryFolder, TINY, txsim, type Outcome } from './support/txsim.js';

interface Result {
  readonly accuracy: number;
  readonly epochs: object[];
  readonly outDir: string;
  readonly [key: string]: unknown;
}

let folder: string;
let first: Outcome;
let result: Result;
const bytes = (run: string, file: string): Promise<Buffer> => readFile(join(folder, run, file));

beforeAll(async () => {
  folder = await temporaryFolder();
  first = await txsim(folder, 'train', ...TINY, '--json');
  result = JSON.parse(first.stdout || '{}') as Result;
});

it('prints one JSON object with --json, and exits with 0', () => {
  expect(first.code, first.stderr).toBe(0);
  expect(first.stdout.trim().split('\n')).toHaveLength(1);
  expect(result).toMatchObject({ backend: 'wasm', seed: 1, warnings: [], interrupted: false });
  expect(result['digitalAccuracy']).toBeTypeOf('number');
  expect(result['loss']).toBeTypeOf('number');
  expect(result['seconds']).toBeTypeOf('number');
  expect(result.accuracy).toBeGreaterThan(0.3);
  expect(result.epochs).toHaveLength(1);
  expect(result['stack']).toMatchObject({ dataset: { use: 'mnist', trainSize: 320 } });
});

it('leaves the record, the metrics, the report and a checkpoint in the first free folder', async () => {
  expect(result.outDir).toMatch(/runs\/mnist-1$/);
  const files = ['checkpoint.safetensors', 'metrics.jsonl', 'report.html', 'run.json'];
  expect(await readdir(result.outDir)).toEqual(expect.arrayContaining(files));
  const record = JSON.parse(await readFile(join(result.outDir, 'run.json'), 'utf8')) as object;
  expect(record).toMatchObject({ seed: 1, backend: 'wasm', twin: true, host: { node: process.version } });
  const report = (await readFile(join(result.outDir, 'report.html'), 'utf8')).replace(/\s+/g, ' ');
  expect(report).toContain('<td>dense_1</td> <td>bias, relu</td>');
});

it('makes the same run twice, to the bit', async () => {
  await txsim(folder, 'train', ...TINY, '--json', '--out', 'again');
  for (const file of ['metrics.jsonl', 'checkpoint.safetensors']) {
    expect((await bytes('again', file)).equals(await bytes('runs/mnist-1', file)), file).toBe(true);
  }
});

it('makes a run again from its own record', async () => {
  const { code } = await txsim(folder, 'train', 'runs/mnist-1/run.json', '--json');
  expect(code).toBe(0);
  for (const file of ['metrics.jsonl', 'run.json', 'checkpoint.safetensors']) {
    expect((await bytes('runs/mnist-2', file)).equals(await bytes('runs/mnist-1', file)), file).toBe(true);
  }
});

it('evaluates the arrays of a run', async () => {
  const { code, stdout } = await txsim(folder, 'evaluate', 'runs/mnist-1', '--json');
  const evaluated = JSON.parse(stdout) as { accuracy: number };
  expect(code).toBe(0);
  expect(Object.keys(evaluated).sort()).toEqual(['accuracy', 'backend', 'loss', 'seconds']);
  // The same arrays with other read noise: 100 images, standard deviation 0.05 of an accuracy near 0.5.
  expect(Math.abs(evaluated.accuracy - result.accuracy)).toBeLessThan(0.15);
});

it('has no notion of time without a drift', async () => {
  const { code, stderr } = await txsim(folder, 'evaluate', 'runs/mnist-1', '--time', '3600');
  expect(code).toBe(2);
  expect(stderr).toContain('nothing in this stack changes with time');
});

describe('a stack in a module', () => {
  it('may hold plugins as objects, and what they print stays off standard output', async () => {
    const out = join(folder, 'module');
    const { code, stdout, stderr } = await txsim(
      folder,
      'train',
      fixture('stack.mjs'),
      '--no-twin',
      '--out',
      out,
    );
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^accuracy {2}\d+\.\d+ % through the arrays\nreport/);
    expect(stderr).toContain('a plugin that prints when it is loaded');
    expect(stderr).toContain('epoch 1/1');
  });
});
