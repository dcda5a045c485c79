import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isPlugin, Registry, VERSION } from '@txsim/core';
import { describe, expect, test } from 'vitest';
import { importsOf, members, packageOf } from './support/house.js';

/** What runs on a command line, and so in Node alone. */
const COMMANDS = ['@txsim/cli', 'create-txsim-plugin'];

const floorOf = (name: string): number | undefined => members.find((m) => m.manifest.name === name)?.floor;

describe.each(members)('$manifest.name', (member) => {
  const { manifest, floor } = member;
  const needs = { ...manifest.dependencies, ...manifest.peerDependencies };
  const imports = importsOf(member);

  test('stands on a floor of the house', () => {
    expect(floor, 'add it to FLOORS in test/support/house.ts').toBeGreaterThanOrEqual(0);
  });

  test('needs packages of lower floors only', () => {
    const ours = Object.keys(needs).filter((name) => name.startsWith('@txsim/'));
    expect(ours.filter((name) => !((floorOf(name) ?? Infinity) < floor))).toEqual([]);
  });

  test('imports packages of lower floors only, and lists them', () => {
    const ours = imports.filter(({ specifier }) => specifier.startsWith('@txsim/'));
    const wrong = ours.filter(({ specifier }) => {
      const name = packageOf(specifier);
      return !(name in needs) || !((floorOf(name) ?? Infinity) < floor);
    });
    expect(wrong).toEqual([]);
  });

  test('imports other packages by name, never by path', () => {
    const outside = imports.filter(
      ({ file, specifier }) =>
        specifier.startsWith('.') && !posix.join(posix.dirname(file), specifier).startsWith('src/'),
    );
    expect(outside).toEqual([]);
  });

  if (!COMMANDS.includes(manifest.name)) {
    test('runs without Node: imports no node:*', () => {
      expect(imports.filter(({ specifier }) => specifier.startsWith('node:'))).toEqual([]);
    });
  }
});

const LIBRARIES = [
  '@txsim/ops',
  '@txsim/core',
  '@txsim/array',
  '@txsim/layers',
  '@txsim/plugin-testkit',
  '@txsim/simulator',
  '@txsim/studies',
  ...COMMANDS,
];
const plugins = members.filter(({ manifest }) => !LIBRARIES.includes(manifest.name));

test.each(plugins)('$manifest.name introduces itself as its package.json does', async ({ manifest }) => {
  const { default: plugin } = (await import(manifest.name)) as { default?: unknown };
  if (!isPlugin(plugin)) throw new Error('the default export is not the result of definePlugin(…)');
  expect(plugin.name).toBe(manifest.name);
  expect(plugin.version).toBe(manifest.version);
  expect(plugin.engines.txsim).toBe(manifest.peerDependencies?.['@txsim/core']);
});

test('no two plugins take the same namespace', async () => {
  const registry = new Registry();
  for (const { manifest } of plugins)
    registry.add(((await import(manifest.name)) as { default: unknown }).default);
  expect(registry.plugins).toHaveLength(plugins.length);
});

test('core says the version of its package.json', () => {
  expect(VERSION).toBe(members.find((m) => m.manifest.name === '@txsim/core')?.manifest.version);
});

test('core imports no package of the workspace but ops', () => {
  const core = members.find((m) => m.manifest.name === '@txsim/core')!;
  const ours = importsOf(core).filter(({ specifier }) => specifier.startsWith('@txsim/'));
  expect([...new Set(ours.map(({ specifier }) => specifier))]).toEqual(['@txsim/ops']);
});

test.each(members)('$manifest.name has a README', ({ folder }) => {
  expect(existsSync(join(folder, 'README.md'))).toBe(true);
});
