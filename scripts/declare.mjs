/**
 * Writes the declarations of every package, `src/x.ts` → `dist/x.d.ts`, from one TypeScript program: the types of
 * tfjs and zod are read once for all packages. Exit code 1 if a source has a type error.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCE = /^(.*\/(?:packages|plugins)\/[^/]+)\/src\/(.*)$/;

const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config;
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const program = ts.createProgram(
  fileNames.filter((name) => SOURCE.test(name)),
  { ...options, noEmit: false, emitDeclarationOnly: true },
);
const problems = [...ts.getPreEmitDiagnostics(program)];

for (const folder of new Set(fileNames.flatMap((name) => SOURCE.exec(name)?.[1] ?? []))) {
  removeDeclarations(join(folder, 'dist'));
}
const written = program.emit(undefined, (name, text) => {
  const [, folder, file] = SOURCE.exec(name) ?? [];
  if (!folder) return;
  const target = join(folder, 'dist', file);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
});
problems.push(...written.diagnostics);

if (problems.length > 0) {
  const host = { getCanonicalFileName: (n) => n, getCurrentDirectory: () => root, getNewLine: () => '\n' };
  console.error(ts.formatDiagnostics(problems, host));
  process.exitCode = 1;
}

/** A source that was renamed must not leave its old declaration behind. */
function removeDeclarations(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder, { recursive: true })) {
    if (name.endsWith('.d.ts')) rmSync(join(folder, name));
  }
}
