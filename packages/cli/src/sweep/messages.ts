import type { RunResult } from '@txsim/studies';
import type { BaseRequest } from './base-stack.js';

/** What a worker is told. */
export type ToWorker =
  | { readonly kind: 'base'; readonly request: BaseRequest }
  | { readonly kind: 'run'; readonly task: RunTask }
  | { readonly kind: 'stop' };

/** One training. */
export interface RunTask {
  readonly id: string;
  readonly assignments: readonly (readonly [path: string, value: unknown])[];
  readonly seed: number;
  readonly twin: boolean;
  /** Where its checkpoints are. */
  readonly checkpoint: string;
}

/** What of a result a worker knows. */
export type WorkerResult = Omit<RunResult, 'id' | 'point' | 'seed' | 'values'>;

/** What a worker tells. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly step: number; readonly steps: number; readonly loss?: number }
  | { readonly kind: 'result'; readonly result: WorkerResult }
  /** The run ended early because it was told to. */
  | { readonly kind: 'stopped' };
