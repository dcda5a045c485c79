import { relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { createPlugin, type CreatedPlugin } from './create-plugin.js';
import { isKind, KINDS } from './kinds.js';

const HELP = `npm create txsim-plugin NAME -- --kind KIND [--out FOLDER]

NAME is hfo2, txsim-plugin-hfo2 or @acme/txsim-plugin-hfo2; KIND is one of
${Object.entries(KINDS)
  .map(([kind, what]) => `  ${kind.padEnd(16)}${what}`)
  .join('\n')}
`;

/**
 * `npm create txsim-plugin`; asks for what is missing where somebody can answer.
 *
 * @param args what follows the command
 * @returns the exit code: 0 done, 2 the input is wrong
 */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { kind: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return tell(HELP);
    if (positionals.length > 1) throw new Error(`expected one name, got ${positionals.join(' ')}`);
    const name = positionals[0] ?? (await ask('Name of the plugin, e.g. hfo2: '));
    const kind = values.kind ?? (await ask(`Kind (${Object.keys(KINDS).join(', ')}): `, isKind));
    const created = createPlugin({ name, kind, ...(values.out === undefined ? {} : { folder: values.out }) });
    return tell(nextSteps(created));
  } catch (error) {
    process.stderr.write(`error: ${(error as Error).message}\n`);
    return 2;
  }
}

function tell(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** @throws Error where nobody can answer */
async function ask(question: string, accepts: (answer: string) => boolean = Boolean): Promise<string> {
  if (!process.stdin.isTTY) throw new Error(`name and kind are needed\n\n${HELP}`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    for (;;) {
      const answer = (await terminal.question(question)).trim();
      if (accepts(answer)) return answer;
    }
  } finally {
    terminal.close();
  }
}

/** What to type now. */
export const nextSteps = ({
  package: name,
  folder,
  files,
}: CreatedPlugin): string => `${name}: ${files.length} files

  cd ${relative(process.cwd(), folder) || '.'}
  npm install
  npm run build && npm test
`;
