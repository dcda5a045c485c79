import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { temporaryFolder, TINY, txsim } from './support/txsim.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

it('tells tiles, devices, memory and time, and writes nothing', async () => {
  const { code, stdout, stderr } = await txsim(folder, 'train', ...TINY, '--dry-run', '--json');
  expect(code, stderr).toBe(0);
  const result = JSON.parse(stdout) as Record<string, unknown>;
  // 784-16-10 on pairs: 13 and 1 arrays of each plane.
  expect(result).toMatchObject({
    backend: 'wasm',
    tiles: 28,
    devices: 2 * (784 * 16 + 16 * 10),
    stepsPerEpoch: 20,
  });
  expect(Object.keys(result['seconds'] as object)).toEqual(['step', 'evaluation', 'epoch', 'run']);
  expect(existsSync(join(folder, 'runs'))).toBe(false);
});

it('tells people the same', async () => {
  const { code, stdout } = await txsim(folder, 'train', ...TINY, '--dry-run', '--no-twin');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^matrix +weights +arrays +devices\ndense_1 +784 × 16 +26 of 64 × 16 +25088\n/);
  expect(stdout).toContain('devices  25408');
  expect(stdout).toMatch(/\nlayer +class +on arrays +digital\n/);
  expect(stdout).toMatch(/\ndense_1 +Dense +dense_1 +bias, relu\ndense_2 +Dense +dense_2 +bias\n/);
});

it('is not for a run that goes on', async () => {
  const { code, stderr } = await txsim(folder, 'train', '--dry-run', '--resume', 'runs/mnist-1');
  expect(code).toBe(2);
  expect(stderr).toContain("option '--dry-run' cannot be used with option '--resume <dir>'");
});
