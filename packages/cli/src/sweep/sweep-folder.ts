import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stack, StackPart } from '@txsim/core';
import { csv, jsonLines, outcomesOf, type RunResult, type Study, type StudyPlan } from '@txsim/studies';
import { InputError } from '../output/input-error.js';
import { writeAtomically } from '../run/write-atomically.js';
import { differences } from './differences.js';

/** The definition of a sweep, as it was when the sweep began. */
export interface SweepRecord {
  /** The version of @txsim/cli. */
  readonly txsim: string;
  readonly name: string;
  readonly study: Study;
  /** The stack that is varied, completed. */
  readonly stack: Stack;
  /** The same with what the study sets for all points, and its parts. */
  readonly setStack: Stack;
  readonly parts: readonly StackPart[];
  /** Plugin name → version. */
  readonly versions: Readonly<Record<string, string>>;
}

const RECORD_FILE = 'sweep.json';

/**
 * The folder of a sweep: `sweep.json`, a file in `points/` for each finished run, `claims/` and `checkpoints/` of runs
 * that are being made, `log.jsonl`, and the results as `results.jsonl` and `results.csv`.
 */
export class SweepFolder {
  constructor(readonly path: string) {}

  /** The definition. @throws InputError where there is none */
  get record(): SweepRecord {
    const path = join(this.path, RECORD_FILE);
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as SweepRecord;
    } catch (cause) {
      throw new InputError(`${path}: there is no sweep here: ${(cause as Error).message}`, [], { cause });
    }
  }

  /**
   * Begins the sweep, or goes on with it.
   *
   * @throws InputError if the folder holds something else, or a sweep of another definition, saying what differs
   */
  async open(record: SweepRecord): Promise<void> {
    const exists = existsSync(join(this.path, RECORD_FILE));
    if (exists) this.#compare(record);
    else if (existsSync(this.path) && readdirSync(this.path).length > 0)
      throw new InputError(`${this.path}: is not empty, and holds no sweep. Choose another --out`);
    mkdirSync(join(this.path, 'points'), { recursive: true });
    // Written again, because what a study is called may change.
    await writeAtomically(join(this.path, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`);
  }

  #compare(record: SweepRecord): void {
    const found = differences(
      defining(this.record),
      defining(JSON.parse(JSON.stringify(record)) as SweepRecord),
    );
    if (found.length === 0) return;
    const hint = 'Results of two definitions are not mixed. Choose another --out, or undo the change.';
    const message = `${this.path} holds a sweep of another definition`;
    throw new InputError(message, found.map((text) => ({ message: text })), { hint }); // prettier-ignore
  }

  get claims(): string {
    return join(this.path, 'claims');
  }

  checkpoint(id: string): string {
    return join(this.path, 'checkpoints', `${id}.safetensors`);
  }

  isFinished(id: string): boolean {
    return existsSync(this.#result(id));
  }

  async write(result: RunResult): Promise<void> {
    await writeAtomically(this.#result(result.id), `${JSON.stringify(result, null, 2)}\n`);
    await rm(this.checkpoint(result.id), { force: true });
  }

  /** All finished runs. @throws InputError where there is no sweep */
  results(): Map<string, RunResult> {
    const points = join(this.path, 'points');
    if (!existsSync(points)) throw new InputError(`${this.path}: there is no sweep here`);
    const names = readdirSync(points).filter((name) => /^[^.].*\.json$/.test(name));
    const read = (name: string) => JSON.parse(readFileSync(join(points, name), 'utf8')) as RunResult;
    return new Map(names.map(read).map((result) => [result.id, result]));
  }

  /** Forgets runs that failed, so that they are made again. */
  forgetFailed(): void {
    for (const { id, error } of this.results().values()) if (error !== undefined) rmSync(this.#result(id));
  }

  /** Writes results.jsonl and results.csv anew. */
  async collect(plan: StudyPlan): Promise<void> {
    const outcomes = outcomesOf(plan, this.results());
    await writeAtomically(join(this.path, 'results.jsonl'), jsonLines(outcomes));
    await writeAtomically(join(this.path, 'results.csv'), csv(outcomes));
  }

  /** What happened when, for people who look into it. */
  log(event: string, id: string): void {
    const line = JSON.stringify({ time: new Date().toISOString(), event, id, pid: process.pid });
    appendFileSync(join(this.path, 'log.jsonl'), `${line}\n`);
  }

  #result(id: string): string {
    return join(this.path, 'points', `${id}.json`);
  }
}

/** What results depend on. */
function defining({ study, stack, versions }: SweepRecord): object {
  const { title: _, expected: __, $schema: ___, base: ____, ...rest } = study;
  const { $schema: _____, ...parts } = stack;
  return { ...rest, stack: parts, versions };
}
