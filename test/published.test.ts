import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { members } from './support/house.js';

const run = promisify(execFile);

/** The packages are ES modules: importers that know neither `exports` nor modules are not asked. */
const IGNORED = ['node10', 'node16-cjs'];

describe('what is published', () => {
  const folder = mkdtempSync(join(tmpdir(), 'txsim-packed-'));
  const tarballs = new Map<string, Buffer>();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    const names = members.flatMap(({ manifest }) => ['--workspace', manifest.name]);
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...names];
    const { stdout } = await run('npm', args, { cwd: resolve('.'), maxBuffer: 2 ** 26 });
    for (const { name, filename } of JSON.parse(stdout) as { name: string; filename: string }[])
      tarballs.set(name, readFileSync(join(folder, filename)));
  }, 10 * 60_000);

  test.each(members)('$manifest.name is as publint wants it', async ({ manifest }) => {
    const { buffer, byteOffset, length } = tarballs.get(manifest.name)!;
    const tarball = (buffer as ArrayBuffer).slice(byteOffset, byteOffset + length);
    const { messages } = await publint({ pack: { tarball }, strict: true });
    // The package.json of a template is not one inside of its package.
    const others = messages.filter(
      ({ args }) => !('filePath' in args && args.filePath?.startsWith('./templates/')),
    );
    expect(others).toEqual([]);
  });

  test.each(members)('$manifest.name has types where its modules are', async ({ manifest }) => {
    const packed = createPackageFromTarballData(tarballs.get(manifest.name)!);
    const result = await checkPackage(packed);
    if (result.types === false) throw new Error('it has no types');
    const asked = result.problems.filter(
      (p) => !('resolutionKind' in p) || !IGNORED.includes(p.resolutionKind),
    );
    expect(asked).toEqual([]);
  });
});
