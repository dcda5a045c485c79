import { setTimeout } from 'node:timers/promises';
import type { RunResult, StudyRun } from '@txsim/studies';
import { hostFacts } from '../run/run-record.js';
import { VERSION } from '../version.js';
import type { BaseRequest } from './base-stack.js';
import { Claims } from './claims.js';
import type { SweepDisplay } from './display.js';
import type { Pace } from './pace.js';
import type { SweepFolder } from './sweep-folder.js';
import { WorkerProcess, type RunEnd } from './worker-process.js';

/** Milliseconds between looks at runs that another process has claimed. */
const WAIT = 1000;

interface Making {
  readonly folder: SweepFolder;
  readonly base: BaseRequest;
  readonly workers: number;
  readonly display: SweepDisplay;
  readonly pace: Pace;
  /** Ends the runs after their batches. */
  readonly signal: AbortSignal;
}

/** Makes the runs that are not finished, in worker processes, beside other processes that do the same in the folder. */
export async function makeRuns(runs: readonly StudyRun[], making: Making): Promise<void> {
  const claims = new Claims(making.folder.claims);
  const processes = Array.from({ length: making.workers }, () => new WorkerProcess(making.base));
  const stop = (): void => processes.forEach((worker) => worker.stop());
  making.signal.addEventListener('abort', stop);
  try {
    const queue = new Queue(runs, claims, making);
    await Promise.all(processes.map((worker, i) => work(i, worker, queue, claims, making)));
  } finally {
    making.signal.removeEventListener('abort', stop);
    processes.forEach((worker) => worker.close());
    await claims.releaseAll();
  }
}

/** Runs that may still be to do. */
class Queue {
  readonly #left: Set<StudyRun>;
  readonly #taken = new Set<StudyRun>();
  #waiting = false;

  constructor(
    runs: readonly StudyRun[],
    private readonly claims: Claims,
    private readonly making: Making,
  ) {
    this.#left = new Set(runs);
  }

  /** A run that is this process's now; undefined when all are finished, or when it is time to stop. */
  async next(): Promise<StudyRun | undefined> {
    const { signal, display } = this.making;
    while (!signal.aborted) {
      for (const run of this.#left) {
        if (signal.aborted) return undefined;
        if (!this.#taken.has(run) && (await this.#claim(run))) return run;
      }
      if ([...this.#left].every((run) => this.#taken.has(run))) return undefined;
      if (!this.#waiting) display.line('waiting for runs that another process is making');
      this.#waiting = true;
      await setTimeout(WAIT, undefined, { signal }).catch(() => {});
    }
    return undefined;
  }

  async #claim(run: StudyRun): Promise<boolean> {
    const { folder, pace } = this.making;
    this.#taken.add(run);
    const mine = !folder.isFinished(run.id) && (await this.claims.take(run.id));
    // Another process may have finished it just before the claim was made.
    if (folder.isFinished(run.id)) {
      if (mine) await this.claims.close(run.id);
      this.#left.delete(run);
      pace.done++;
      return false;
    }
    if (!mine) this.#taken.delete(run);
    return mine;
  }

  done(run: StudyRun): void {
    this.#left.delete(run);
  }
}

async function work(
  number: number,
  worker: WorkerProcess,
  queue: Queue,
  claims: Claims,
  { folder, display, pace }: Making,
): Promise<void> {
  for (let run = await queue.next(); run; run = await queue.next()) {
    folder.log('start', run.id);
    display.progress(number, run, undefined);
    const end = await attempt(run, worker, folder, (progress) => {
      pace.progress(number, progress.step / progress.steps);
      display.progress(number, run!, progress);
    });
    queue.done(run);
    if (end.kind === 'stopped' || !claims.holds(run.id)) {
      folder.log(end.kind === 'stopped' ? 'stopped' : 'lost', run.id);
      await claims.release(run.id);
      continue;
    }
    const result = resultOf(run, end);
    await folder.write(result);
    folder.log(result.error === undefined ? 'end' : 'failed', run.id);
    await claims.close(run.id);
    pace.finished(number);
    display.finished(number, run, result);
  }
}

/** A run whose process dies gets a second one: that may have been the machine's fault. */
async function attempt(
  { id, point: { assignments }, seed, twin }: StudyRun,
  worker: WorkerProcess,
  folder: SweepFolder,
  progress: Parameters<WorkerProcess['run']>[1],
): Promise<RunEnd> {
  const task = { id, assignments, seed, twin, checkpoint: folder.checkpoint(id) };
  const end = await worker.run(task, progress);
  return end.kind === 'died' ? worker.run(task, progress) : end;
}

function resultOf({ id, point, seed }: StudyRun, end: Exclude<RunEnd, { kind: 'stopped' }>): RunResult {
  const about = { id, point: point.number, seed, values: point.values };
  if (end.kind === 'result') return { ...about, ...end.result };
  const nothing = { accuracy: null, loss: null, accuracies: [], devices: 0, arrays: 0, warnings: [] };
  const made = { seconds: 0, backend: 'none', ...hostFacts(), txsim: VERSION };
  return { ...about, ...nothing, error: end.reason, made };
}
