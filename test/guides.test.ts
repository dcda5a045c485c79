import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { compose, parseStack } from '@txsim/core';
import { standardRegistry } from '@txsim/simulator';
import { completeStack } from '@txsim/trainers';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import { readGuide } from './support/guide.js';

const ROOT = resolve(import.meta.dirname, '..');
const pages = [
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs/guides')).map((file) => `docs/guides/${file}`),
];

/** Blocks of a page whose first line names a file, `// src/x.ts`, are that file of a folder that the page has here. */
const folder = mkdtempSync(join(ROOT, 'test/.guides-'));
afterAll(() => rmSync(folder, { recursive: true }));

const guides = pages.map((page) => {
  const { text, files: blocks } = readGuide(page);
  const files = blocks.map(({ path, code }) => {
    const file = join(folder, basename(page, '.md'), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
    return file;
  });
  const stacks = [...text.matchAll(/^```jsonc\n(\{[\s\S]*?"trainer"[\s\S]*?)^```/gm)].map(
    ([, code]) => code!,
  );
  return { page, text, files, stacks };
});

test('the code of the guides passes the type check', () => {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.base.json'), ts.sys.readFile) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT, { declaration: false });
  const files = guides.flatMap((guide) => guide.files);
  const program = ts.createProgram(files, options);
  const problems = files.map((name) => program.getSourceFile(name)).flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]); // prettier-ignore
  const host = {
    getCanonicalFileName: (n: string) => n,
    getCurrentDirectory: () => folder,
    getNewLine: () => '\n',
  };
  expect(ts.formatDiagnostics(problems, host)).toBe('');
});

describe.each(guides.filter(({ files }) => files.length > 0))('$page', async ({ files }) => {
  for (const file of files.filter((name) => name.endsWith('.test.ts'))) await import(file);

  test.each(files.filter((name) => !name.endsWith('.test.ts')))('%s runs', async (file) => {
    expect(Object.keys((await import(file)) as object)).not.toEqual([]);
  });
});

test.each(guides.flatMap(({ page, stacks }) => stacks.map((stack, k) => [page, k, stack] as const)))(
  '%s: stack %i can be composed',
  (_, __, code) => {
    const { config } = ts.parseConfigFileTextToJson('stack', code) as { config: { plugins?: string[] } };
    compose(completeStack(parseStack({ ...config, plugins: [] })), standardRegistry());
  },
);

test('the scripts that pages name are there', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  const named = [...guides[0]!.text.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name!);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
