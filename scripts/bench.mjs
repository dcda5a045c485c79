/**
 * The benchmark table of this machine: `npm run bench`, with the words and options of `txsim bench`. With `--markdown` it
 * goes into docs/benchmarks.md, between the marks.
 */
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}docs/benchmarks.md`;
const [BEGIN, END] = ['<!-- table: npm run bench -- --markdown -->', '<!-- end of the table -->'];

const args = process.argv.slice(2);
const markdown = args.includes('--markdown');
const { status, stdout } = spawnSync(process.execPath, ['packages/cli/bin/txsim.js', 'bench', ...args], {
  cwd: root,
  stdio: ['inherit', markdown ? 'pipe' : 'inherit', 'inherit'],
  encoding: 'utf8',
});
if (markdown && status === 0) await put(stdout);
process.exitCode = status ?? 1;

/** Replaces the table of the page. */
async function put(table) {
  const text = await readFile(page, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < 0) throw new Error(`${page}: the marks of the table are missing`);
  const whole = `${text.slice(0, begin)}${BEGIN}\n\n${table}\n${text.slice(end)}`;
  await writeFile(page, await format(whole, { ...(await resolveConfig(page)), parser: 'markdown' }));
}
