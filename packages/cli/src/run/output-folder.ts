import { appendFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { RunFolder } from '@txsim/core';
import { InputError } from '../output/input-error.js';
import { writeAtomically } from './write-atomically.js';

/** A run's folder. A new one is made when the run begins, so that a run that cannot begin leaves nothing behind. */
export class OutputFolder implements RunFolder {
  #path: string | undefined;

  private constructor(private readonly make: () => string) {}

  /** The folder of a run that goes on. */
  static existing(path: string): OutputFolder {
    return new OutputFolder(() => path);
  }

  /** @throws InputError if there is something in it already */
  static at(path: string): OutputFolder {
    if (existsSync(path) && !(statSync(path).isDirectory() && readdirSync(path).length === 0)) {
      const advice = `Choose another --out, or go on with it: txsim train --resume ${path}`;
      throw new InputError(`--out ${path}: is not empty, and is not overwritten. ${advice}`);
    }
    return new OutputFolder(() => {
      mkdirSync(path, { recursive: true });
      return path;
    });
  }

  /** `runs/NAME-1`, or the first number above those that are there. */
  static next(name: string, parent = 'runs'): OutputFolder {
    return new OutputFolder(() => {
      mkdirSync(parent, { recursive: true });
      const taken = readdirSync(parent).map((entry) => numberIn(entry, name));
      for (let n = Math.max(0, ...taken) + 1; ; n++) {
        const path = join(parent, `${name}-${n}`);
        if (makeNew(path)) return path;
      }
    });
  }

  /** Makes the folder at the first call; relative to the working directory where it lies in it. */
  get path(): string {
    return (this.#path ??= this.make());
  }

  /** Whether something was written. */
  get begun(): boolean {
    return this.#path !== undefined;
  }

  /** The path as people type it. */
  get shown(): string {
    const path = relative(process.cwd(), this.path);
    return path.startsWith('..') ? this.path : path || '.';
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    await writeAtomically(join(this.path, name), content);
  }

  append(name: string, line: string): void {
    appendFileSync(join(this.path, name), `${line}\n`);
  }
}

const numberIn = (entry: string, name: string): number =>
  entry.startsWith(`${name}-`) ? Number(/^\d+$/.exec(entry.slice(name.length + 1))?.[0] ?? 0) : 0;

/** Whether the folder was made now; two runs that begin at once do not share one. */
function makeNew(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
