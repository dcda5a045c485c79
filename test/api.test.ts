import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { members } from './support/house.js';

/**
 * What each package promises, as its built declarations say it, is kept in `api/`: a change that users could notice is
 * a change of a file there. `npm run api` writes it anew.
 */
describe('the declarations of', () => {
  test.each(members)('$manifest.name are those in api/', async ({ folder, manifest }) => {
    const entry = join(folder, 'dist/index.d.ts');
    expect(existsSync(entry), 'npm run build makes it').toBe(true);
    const name = manifest.name.replace('@txsim/', '');
    await expect(declarationsOf(entry)).toMatchFileSnapshot(`../api/${name}.txt`);
  });
});

test.each(members)('every public symbol of $manifest.name is documented', ({ folder }) => {
  const undocumented = publicIn(join(folder, 'dist/index.d.ts')).filter(({ documented }) => !documented);
  expect(undocumented.map(({ name }) => name)).toEqual([]);
});

interface PublicSymbol {
  readonly name: string;
  readonly documented: boolean;
}

/** What a declaration file exports, followed through its `export … from`. @param only these names */
function publicIn(file: string, only?: readonly string[]): PublicSymbol[] {
  return [...parse(file).statements].flatMap((statement): PublicSymbol[] => {
    if (ts.isExportDeclaration(statement)) {
      const from = statement.moduleSpecifier && (statement.moduleSpecifier as ts.StringLiteral).text;
      if (!from?.startsWith('.')) return [];
      const clause = statement.exportClause;
      const names = clause && ts.isNamedExports(clause) ? clause.elements : undefined;
      const target = join(dirname(file), from.replace(/\.js$/, '.d.ts'));
      return publicIn(
        target,
        names?.map(({ propertyName, name }) => (propertyName ?? name).text),
      );
    }
    const declared = namesOf(statement).filter((name) =>
      only ? only.includes(name) : isExported(statement),
    );
    const documented = ts.getJSDocCommentsAndTags(statement).length > 0;
    return declared.map((name) => ({ name, documented }));
  });
}

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = statement as ts.Statement & { name?: ts.Node };
  return name ? [name.getText()] : [];
}

/** The declarations that a file reaches by relative imports, without comments, file by file in the order of names. */
function declarationsOf(entry: string): string {
  const printer = ts.createPrinter({ removeComments: true });
  const print = (file: string): string => printer.printFile(parse(file)).trim();
  return [...reachedFrom(entry)]
    .sort()
    .map((file) => `// ${relative(dirname(entry), file).replaceAll('\\', '/')}\n${print(file)}\n`)
    .join('\n');
}

function reachedFrom(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles) {
    if (fileName.startsWith('.')) reachedFrom(join(dirname(file), fileName.replace(/\.js$/, '.d.ts')), seen);
  }
  return seen;
}

const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
