import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { appears, sets, start, temporaryFolder, txsim } from '../cli/support/txsim.js';

interface Result {
  readonly accuracy: number;
  readonly digitalAccuracy: number;
  readonly seconds: number;
  readonly epochs: readonly unknown[];
}

let folder: string;
const resultOf = (stdout: string): Result => JSON.parse(stdout) as Result;
const metrics = (run: string): Promise<string> => readFile(join(folder, run, 'metrics.jsonl'), 'utf8');

beforeAll(async () => {
  folder = await temporaryFolder();
});

test('the main job: MNIST through the default stack, at least 92 %, the twin beside it, under 3 minutes', async () => {
  const { code, stdout, stderr } = await txsim(folder, 'train', '--json', '--out', 'main');
  expect(code, stderr).toBe(0);
  const { accuracy, digitalAccuracy, seconds, epochs } = resultOf(stdout);
  expect(epochs).toHaveLength(1);
  expect(accuracy).toBeGreaterThanOrEqual(0.92);
  expect(digitalAccuracy).toBeGreaterThanOrEqual(0.92);
  expect(seconds).toBeLessThan(180);
  expect(await readFile(join(folder, 'main/report.html'), 'utf8')).toContain('<svg');
});

describe('10,000 images, one epoch, seed 1', () => {
  const ARGUMENTS = [
    'train',
    ...sets('dataset.trainSize=10000', 'trainer.epochs=1'),
    '--seed',
    '1',
    '--json',
  ];
  let first: Result;

  beforeAll(async () => {
    first = resultOf((await txsim(folder, ...ARGUMENTS, '--out', 'first')).stdout);
  });

  test('above 85 %, under 60 s', () => {
    expect(first.accuracy).toBeGreaterThan(0.85);
    expect(first.seconds).toBeLessThan(60);
  });

  test('the same numbers to the bit when run again', async () => {
    const again = resultOf((await txsim(folder, ...ARGUMENTS, '--out', 'again')).stdout);
    expect(again.epochs).toEqual(first.epochs);
    expect(await metrics('again')).toBe(await metrics('first'));
  });

  test.each([
    ['SIGINT', 130],
    ['SIGKILL', null],
  ] as const)('%s in mid-epoch, resumed: the same numbers to the bit', async (signal, code) => {
    const running = start(folder, ...ARGUMENTS, '--out', signal, '--checkpoint-every', '200');
    await appears(join(folder, signal, 'checkpoint.safetensors'));
    running.process.kill(signal);
    expect((await running.outcome).code).toBe(code);
    const resumed = resultOf((await txsim(folder, 'train', '--resume', signal, '--json')).stdout);
    expect(resumed.epochs).toEqual(first.epochs);
    expect(await metrics(signal)).toBe(await metrics('first'));
  });
});
