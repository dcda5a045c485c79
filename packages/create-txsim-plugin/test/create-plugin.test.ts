import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createPlugin, KINDS } from '../src/index.js';
import { RANGES } from '../src/ranges.js';

const root = mkdtempSync(join(tmpdir(), 'create-txsim-plugin-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

test('there is a template for each kind, and no other', () => {
  const folders = readdirSync(resolve(import.meta.dirname, '../templates')).filter((f) => f !== 'common');
  expect(folders.sort()).toEqual(Object.keys(KINDS).sort());
});

test('README.md lists each kind', () => {
  const readme = read(import.meta.dirname, '../README.md');
  const rows = [...readme.matchAll(/^\| `(\w.+?)` +\| (.+?) +\|$/gm)].map(([, kind, what]) => [kind, what]);
  expect(Object.fromEntries(rows)).toEqual(KINDS);
});

test('a new plugin asks for the versions of this repository', () => {
  const versionOf = (folder: string): string =>
    (JSON.parse(read(import.meta.dirname, '../..', folder, 'package.json')) as { version: string }).version;
  expect(RANGES).toEqual({
    __cliRange__: `^${versionOf('cli')}`,
    __coreRange__: `^${versionOf('core')}`,
    __opsRange__: `^${versionOf('ops')}`,
    __testkitRange__: `^${versionOf('plugin-testkit')}`,
  });
});

test('its tools are those of this repository', () => {
  const { devDependencies: ours } = JSON.parse(read(import.meta.dirname, '../../../package.json')) as {
    devDependencies: Record<string, string>;
  };
  const common = read(import.meta.dirname, '../templates/common/package.json');
  const tools = JSON.parse(common) as { devDependencies: Record<string, string> };
  for (const [name, range] of Object.entries(tools.devDependencies).filter(([n]) => !n.startsWith('@txsim/')))
    expect(range.replace(/^[~^]/, ''), name).toMatch(new RegExp(`^${ours[name]!.replace(/\.\d+$/, '')}`));
});

describe.each(Object.keys(KINDS))('%s', (kind) => {
  const created = createPlugin({ name: '@acme/txsim-plugin-soft-gate', kind, folder: join(root, kind) });

  test('has source, tests, README, licence, changeset and CI', () => {
    expect(created.files).toEqual(
      expect.arrayContaining([
        '.changeset/first-release.md',
        '.github/workflows/ci.yml',
        '.gitignore',
        'LICENSE',
        'README.md',
        'package.json',
        'src/index.ts',
        'src/soft-gate.ts',
        'test/plugin.test.ts',
        'test/soft-gate.test.ts',
      ]),
    );
  });

  test('leaves no word of the template', () => {
    for (const file of created.files) expect(read(created.folder, file)).not.toMatch(/__\w+__/);
  });

  test('README.md has a row for each parameter of the schema', () => {
    const keys = [...read(created.folder, 'src/soft-gate.ts').matchAll(/^ {4,6}(\w+): (?:z\.|ohms)/gm)];
    const readme = read(created.folder, 'README.md');
    for (const [, key] of keys) expect(readme).toContain(`| \`${key}\``);
  });
});

test('a folder that is not empty is left as it is', () => {
  const folder = join(root, 'taken');
  mkdirSync(folder);
  writeFileSync(join(folder, 'mine.txt'), 'mine');
  expect(() => createPlugin({ name: 'x', kind: 'adc', folder })).toThrow('is not empty');
  expect(readdirSync(folder)).toEqual(['mine.txt']);
});

test('a kind that is not there is refused with those that are', () => {
  expect(() => createPlugin({ name: 'x', kind: 'device', folder: join(root, 'no') })).toThrow(
    'expected one of device-model, cell-curve, non-ideality',
  );
});
