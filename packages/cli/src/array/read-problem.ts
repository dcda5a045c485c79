import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { type CrossbarProblem, parseCrossbarProblem } from '@txsim/circuit-models';
import { parseJsonc } from '../config/parse-jsonc.js';
import { InputError } from '../output/input-error.js';

/** A crossbar and how messages call where it came from. */
export interface NamedProblem {
  readonly name: string;
  readonly problem: CrossbarProblem;
}

/**
 * Reads a crossbar from a file, or from standard input for `-`.
 *
 * @throws InputError naming the file and the path of the first bad value
 */
export async function readProblem(file: string, backward: boolean): Promise<NamedProblem> {
  const name = file === '-' ? 'standard input' : file;
  const value = parseJsonc(await read(file), name);
  return { name, problem: namingFile(name, () => parseCrossbarProblem(value, backward)) };
}

/** What `compute` gives; what it finds wrong with the crossbar is told with the file's name. */
export function namingFile<T>(name: string, compute: () => T): T {
  try {
    return compute();
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
