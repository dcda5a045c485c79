import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const PAGE = join(ROOT, 'docs/validation.md');
/** `npm run validation`: the page is written; else it is compared with what is found. */
const WRITES = process.env['MODE'] === 'validation';

type Figures = number | readonly number[];

/** A table of docs/validation.md, whose figures are those that a test file finds. */
export interface ValidationTable {
  /** A row, from inside of the test that holds its figures to a tolerance. */
  row(...cells: readonly string[]): void;
  /** Declares the test that the page has this table: behind the tests that fill it. */
  isOnPage(): void;
}

/** @param about what is compared with what, and where the published figures come from */
export function validationTable(
  title: string,
  about: string,
  columns = ['case', 'published', 'here'],
): ValidationTable {
  const lines = [lineOf(columns), lineOf(columns.map(() => '---'))];
  return {
    row: (...cells) => void lines.push(lineOf(cells)),
    isOnPage: () =>
      test(`docs/validation.md has this table: ${title}`, () => {
        const section = `## ${title}\n\n${about} Test: \`${testFile()}\`.\n\n${lines.join('\n')}\n`;
        if (WRITES) put(title, section);
        expect(sectionOf(title, read()), '`npm run validation` writes the page').toBe(section);
      }),
  };
}

const LONG = 'Whole trainings';
const ABOUT_LONG =
  'Accuracies on test images that long tests reach, each made at the commit and on the day that are named (`npm run validation:long`).';

/**
 * Writes a row of the table of whole trainings, in place of the one of the same name. The row stays until the long test that
 * calls this is run again, and is not compared before.
 */
export function recordTraining(name: string, published: string, ours: string): void {
  if (!WRITES) return;
  const made = execFileSync('git', ['log', '-1', '--format=%h, %cs'], { cwd: ROOT, encoding: 'utf8' }).trim();
  const columns = ['training', 'published', 'here', 'commit, day', 'test'];
  const rows = sectionOf(LONG, read())
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2);
  const others = rows.filter((line) => !line.startsWith(`| ${name} |`));
  const own = lineOf([name, published, ours, made, `\`${testFile()}\``]);
  const head = [lineOf(columns), lineOf(columns.map(() => '---'))];
  put(LONG, `## ${LONG}\n\n${ABOUT_LONG}\n\n${[...head, ...others, own].join('\n')}\n`);
}

/** Both as cells, ours with as many digits as are published: at least 4, at most `digits`; whole numbers as they are. */
export function beside(published: Figures, ours: Figures, digits = 10): [published: string, here: string] {
  const theirs = [published].flat().map((v) => Number(v.toPrecision(10)));
  const shown = [ours].flat().map((v, i) => {
    if (Number.isInteger(v)) return String(v);
    return v.toPrecision(Math.min(Math.max(digitsOf(theirs[i]!), 4), digits));
  });
  return [theirs.join(', '), shown.join(', ')];
}

/** The largest magnitude of some numbers, as a cell. */
export function largest(values: readonly number[]): string {
  const most = Math.max(...values.map(Math.abs));
  return most > 0 && most < 0.01 ? most.toExponential(1) : most.toPrecision(2);
}

const digitsOf = (value: number): number =>
  String(value)
    .replace(/e.*|[-.]/g, '')
    .replace(/^0+/, '').length;
const lineOf = (cells: readonly string[]): string =>
  `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`;
const testFile = (): string => relative(ROOT, expect.getState().testPath!).replaceAll('\\', '/');
const read = (): string => readFileSync(PAGE, 'utf8');

/** From a heading to the next one. */
function sectionOf(title: string, page: string): string {
  const begin = page.indexOf(`## ${title}\n`);
  if (begin < 0) return '';
  const end = page.indexOf('\n## ', begin);
  return end < 0 ? page.slice(begin) : page.slice(begin, end);
}

function put(title: string, section: string): void {
  const page = read();
  const old = sectionOf(title, page);
  writeFileSync(PAGE, old ? page.replace(old, () => section) : `${page}\n${section}`);
}
