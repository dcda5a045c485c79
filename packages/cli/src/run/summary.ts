import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EpochMetrics, Stack } from '@txsim/core';
import type { RunSummary } from '@txsim/trainers';
import type { OutputFolder } from './output-folder.js';
import type { PreparedRun } from './prepare.js';

/** What `txsim train --json` prints. Accuracies are fractions, losses mean cross-entropies in nats. */
export interface TrainResult {
  /** On the test set after the last epoch; null where no epoch was finished. */
  readonly accuracy: number | null;
  /** The same of the digital twin; absent without one. */
  readonly digitalAccuracy?: number;
  readonly loss: number | null;
  readonly epochs: readonly EpochMetrics[];
  readonly seconds: number;
  readonly backend: string;
  readonly stack: Stack;
  readonly seed: number;
  readonly warnings: readonly string[];
  readonly outDir: string;
  readonly interrupted: boolean;
}

export function resultOf(summary: RunSummary, { loaded, folder, warnings }: PreparedRun): TrainResult {
  const { accuracy, digitalAccuracy, loss, epochs, seconds, backend, seed, interrupted } = summary;
  return {
    accuracy: accuracy ?? null,
    ...(digitalAccuracy === undefined ? {} : { digitalAccuracy }),
    loss: loss ?? null,
    epochs,
    seconds,
    backend,
    stack: loaded.stack,
    seed,
    warnings: [...warnings, ...summary.warnings],
    outDir: resolve(folder.path),
    interrupted,
  };
}

/** The same for people. */
export function inWords(result: TrainResult, folder: OutputFolder): string {
  const { accuracy, digitalAccuracy, interrupted } = result;
  const digital = digitalAccuracy === undefined ? '' : `, ${percent(digitalAccuracy)} digitally`;
  const report = join(folder.shown, 'report.html');
  return [
    ...(accuracy === null ? [] : [`accuracy  ${percent(accuracy)} through the arrays${digital}`]),
    ...(existsSync(report) ? [`report    ${report}`] : [`results   ${folder.shown}`]),
    ...(interrupted ? [`interrupted; go on with: txsim train --resume ${folder.shown}`] : []),
  ].join('\n');
}

export const percent = (fraction: number): string => `${(100 * fraction).toFixed(2)} %`;
