import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EpochMetrics, Stack } from '@txsim/core';
import type { DeviceSummary, RunSummary } from '@txsim/trainers';
import { table } from '../output/table.js';
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
  /** Saturation and, where `stack.countPulses` is on, pulses of the devices of each matrix. */
  readonly devices: readonly DeviceSummary[];
  readonly seconds: number;
  readonly backend: string;
  readonly stack: Stack;
  readonly seed: number;
  readonly warnings: readonly string[];
  readonly outDir: string;
  readonly interrupted: boolean;
}

export function resultOf(summary: RunSummary, { loaded, folder, warnings }: PreparedRun): TrainResult {
  const { accuracy, digitalAccuracy, loss, epochs, devices, seconds, backend, seed, interrupted } = summary;
  return {
    accuracy: accuracy ?? null,
    ...(digitalAccuracy === undefined ? {} : { digitalAccuracy }),
    loss: loss ?? null,
    epochs,
    devices,
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
  const { accuracy, digitalAccuracy, devices, interrupted } = result;
  const digital = digitalAccuracy === undefined ? '' : `, ${percent(digitalAccuracy)} digitally`;
  const report = join(folder.shown, 'report.html');
  return [
    ...(accuracy === null ? [] : [`accuracy  ${percent(accuracy)} through the arrays${digital}`]),
    ...(devices.some(({ pulses }) => pulses) ? ['', deviceTable(devices), ''] : []),
    ...(existsSync(report) ? [`report    ${report}`] : [`results   ${folder.shown}`]),
    ...(interrupted ? [`interrupted; go on with: txsim train --resume ${folder.shown}`] : []),
  ].join('\n');
}

/** The devices of each matrix, where pulses were counted. */
function deviceTable(devices: readonly DeviceSummary[]): string {
  const rows = devices.map(({ name, saturation, pulses }) => [
    name,
    percent(saturation.gMin),
    percent(saturation.gMax),
    ...(pulses
      ? [pulses.mean, pulses.quantile99, pulses.largest].map((n) => n.toPrecision(4))
      : ['', '', '']),
    pulses ? percent(pulses.efficiency) : '',
  ]);
  return table([
    ['devices of', 'at gMin', 'at gMax', 'pulses each', '99 %', 'largest', 'effective'],
    ...rows,
  ]);
}

export const percent = (fraction: number): string => `${(100 * fraction).toFixed(2)} %`;
