import { fork, type ChildProcess } from 'node:child_process';
import { SWEEP_WORKER } from '../locations.js';
import type { BaseRequest } from './base-stack.js';
import type { FromWorker, RunTask, ToWorker, WorkerResult } from './messages.js';

/** How far a run is. */
export type RunProgress = Extract<FromWorker, { kind: 'progress' }>;

/** How a run ended: with a result, because it was told to, or because its process did. */
export type RunEnd =
  | { readonly kind: 'result'; readonly result: WorkerResult }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'died'; readonly reason: string };

/** What of a dead worker's last words is told. */
const LAST_WORDS = 2000;

/** A worker, and the process behind it: one that dies is replaced when the next run is asked for. */
export class WorkerProcess {
  #child: ChildProcess | undefined;
  #words = '';
  #stopped = false;

  constructor(private readonly request: BaseRequest) {}

  /** Makes a run. */
  run(task: RunTask, progress: (progress: RunProgress) => void): Promise<RunEnd> {
    const child = (this.#child ??= this.#start());
    return new Promise((resolve) => {
      const end = (how: RunEnd): void => {
        child.off('message', hear).off('exit', died);
        resolve(how);
      };
      const hear = (message: FromWorker): void => {
        if (message.kind === 'progress') progress(message);
        else if (message.kind !== 'ready') end(message);
      };
      const died = (code: number | null, signal: string | null): void => {
        this.#child = undefined;
        const reason = `its process ended with ${signal ?? `exit code ${code}`}. ${this.#words}`.trim();
        end({ kind: 'died', reason });
      };
      child.on('message', hear).on('exit', died);
      if (this.#stopped) end({ kind: 'stopped' });
      else this.#tell(child, { kind: 'run', task });
    });
  }

  /** Ends the current run after its batch, with a checkpoint. */
  stop(): void {
    this.#stopped = true;
    if (this.#child) this.#tell(this.#child, { kind: 'stop' });
  }

  /** Ends the process. */
  close(): void {
    this.#child?.removeAllListeners();
    this.#child?.kill();
  }

  #start(): ChildProcess {
    const child = fork(SWEEP_WORKER, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.#words = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#words = (this.#words + text).slice(-LAST_WORDS);
    });
    this.#tell(child, { kind: 'base', request: this.request });
    return child;
  }

  /** A process that is gone is noticed by its exit. */
  #tell(child: ChildProcess, message: ToWorker): void {
    child.send(message, () => {});
  }
}
