import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sets, temporaryFolder, txsim } from './support/txsim.js';

const folder = await temporaryFolder();

it('writes a stack with every parameter, and the schema of what is loaded', async () => {
  const args = [
    'init',
    'mine.jsonc',
    '--device',
    'device-models/soft-bounds',
    '--dataset',
    'datasets/digits',
  ];
  const { code, stdout } = await txsim(folder, ...args);
  expect(code).toBe(0);
  expect(stdout).toContain('txsim train mine.jsonc');
  const text = readFileSync(join(folder, 'mine.jsonc'), 'utf8');
  expect(text).toContain('"use": "device-models/soft-bounds"');
  expect(text).toMatch(/\/\/ .*siemens.*\n\s+"gMin": /);
  const schema = JSON.parse(readFileSync(join(folder, 'txsim.schema.json'), 'utf8')) as {
    properties: object;
  };
  expect(Object.keys(schema.properties)).toContain('extends');
});

it('the stack that it wrote runs as it is', async () => {
  const small = sets('dataset.trainSize=64', 'dataset.testSize=32', 'network.units=[8]');
  const { code, stdout, stderr } = await txsim(
    folder,
    'train',
    'mine.jsonc',
    ...small,
    '--no-twin',
    '--json',
  );
  expect(code, stderr).toBe(0);
  expect((JSON.parse(stdout) as { accuracy: number }).accuracy).toBeGreaterThanOrEqual(0);
});

it('overwrites nothing unless it is told to', async () => {
  expect((await txsim(folder, 'init', 'mine.jsonc')).stderr).toContain('--force overwrites it');
  expect((await txsim(folder, 'init', 'mine.jsonc', '--force', '--json')).code).toBe(0);
});

it('a part that is not there is told, and nothing is written', async () => {
  const { code, stderr } = await txsim(folder, 'init', 'other.jsonc', '--device', 'device-models/soft-bound');
  expect(code).toBe(2);
  expect(stderr).toContain('Did you mean "device-models/soft-bounds"?');
  expect(existsSync(join(folder, 'other.jsonc'))).toBe(false);
});
