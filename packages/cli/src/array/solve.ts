import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseCrossbarProblem, solveArray, type SolveMethod } from '@txsim/circuit-models';
import { parseJsonc } from './config/parse-jsonc.js';
import { InputError } from './output/input-error.js';
import { printResult } from './output/result.js';
import { table } from './output/table.js';

/** `txsim array solve` as it was typed. */
export interface ArraySolveRequest {
  readonly method: SolveMethod;
  readonly backward?: boolean;
  readonly json?: boolean;
}

/** `txsim array solve` */
export async function solve(
  file: string,
  { method, backward = false, json }: ArraySolveRequest,
): Promise<void> {
  const name = file === '-' ? 'standard input' : file;
  const value = parseJsonc(await read(file), name);
  const started = performance.now();
  const solution = solved(name, value, method, backward);
  const seconds = (performance.now() - started) / 1000;
  printResult({ ...solution, seconds }, json, () => {
    const rows = solution.currents.map((vector) => vector.map((current) => current.toExponential(6)));
    const kind = solution.errorKind === 'proved' ? 'at most' : 'about';
    return [
      `currents in amperes, one line per vector (${method}; wrong by ${kind} ${solution.errorBound.toExponential(1)} A)`,
      table(rows),
    ].join('\n');
  });
}

function solved(name: string, value: unknown, method: SolveMethod, backward: boolean) {
  try {
    return solveArray(parseCrossbarProblem(value, backward), { method, backward });
  } catch (cause) {
    const { name: kind, message } = cause as Error;
    if (kind === 'CrossbarProblemError') throw new InputError(`${name}: ${message}`, [], { cause });
    throw cause;
  }
}

async function read(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  return readFile(file, 'utf8').catch((cause: Error) => {
    throw new InputError(`${file}: cannot be read: ${cause.message}`, [], { cause });
  });
}
