import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { TXSIM, txsim } from './support/txsim.js';

/** The packages that a module imports before anything runs, through all its chunks. */
function importedAtStart(file: string, seen = new Set<string>()): Set<string> {
  const specifiers = [
    ...readFileSync(file, 'utf8').matchAll(/^(?:import|export)[^;'"]*['"]([^'"]+)['"]/gm),
  ].map((m) => m[1]!);
  for (const specifier of specifiers) {
    const path = specifier.startsWith('.') ? join(dirname(file), specifier) : specifier;
    if (seen.has(path)) continue;
    seen.add(path);
    if (specifier.startsWith('.')) importedAtStart(path, seen);
  }
  return new Set([...seen].filter((name) => !name.startsWith('/')));
}

it('loads nothing but the parser of the command line before it knows the command', () => {
  expect(importedAtStart(TXSIM)).toEqual(new Set(['commander', 'picocolors', 'console']));
});

it('prints help without an argument, and exits with 0', async () => {
  const { code, stdout, stderr } = await txsim('.');
  expect(code).toBe(0);
  expect(stderr).toBe('');
  for (const command of [
    'train',
    'evaluate',
    'sweep',
    'report',
    'presets',
    'array',
    'device',
    'plugin',
    'plugins',
    'describe',
    'schema',
    'doctor',
    'bench',
  ]) {
    expect(stdout).toContain(`  ${command} `);
  }
});

it('suggests the nearest command, and exits with 2', async () => {
  const { code, stdout, stderr } = await txsim('.', 'trian');
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('Did you mean train?');
});

it('suggests the nearest option, and exits with 2', async () => {
  const { code, stderr } = await txsim('.', 'train', '--resum', 'x');
  expect(code).toBe(2);
  expect(stderr).toContain('Did you mean --resume?');
});

it('refuses a seed that is not a whole number', async () => {
  const { code, stderr } = await txsim('.', 'train', '--seed', '1.5');
  expect(code).toBe(2);
  expect(stderr).toContain('whole number');
});
