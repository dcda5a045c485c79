import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');

/** The recipes, each as a module at the root. */
const recipes = new Map(
  [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code], i) => [
    join(ROOT, `recipe-${i + 1}.ts`),
    code!,
  ]),
);

test('the recipes of CONTRIBUTING.md pass the type check', () => {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.base.json'), ts.sys.readFile) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT, { declaration: false });
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (name) => recipes.get(name) ?? readFile(name);
  host.fileExists = (name) => recipes.has(name) || fileExists(name);
  const program = ts.createProgram([...recipes.keys()], options, host);
  const problems = [...recipes.keys()].flatMap((name) => {
    const file = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  expect(recipes.size).toBeGreaterThan(3);
  expect(ts.formatDiagnostics(problems, { ...host, getNewLine: () => '\n' })).toBe('');
});

test('the scripts that CONTRIBUTING.md names are there', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name!);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
