import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '@txsim/core';
import { CHECKPOINT_FILE, simulate, type RunSummary } from '@txsim/trainers';
import { naming } from '../config/load-stack.js';
import { ExitCode } from '../output/exit-code.js';
import { printResult, printWarning } from '../output/result.js';
import { quietTfjs } from '../quiet-tfjs.js';
import { listenForInterruption } from './interruption.js';
import { prepare, type PreparedRun, type TrainRequest } from './prepare.js';
import { RECORD_FILE, recordOf } from './run-record.js';
import { inWords, resultOf } from './summary.js';
import { trimMetrics } from './trim-metrics.js';

/** `txsim train` */
export async function train(request: TrainRequest): Promise<void> {
  quietTfjs();
  const interruption = listenForInterruption();
  try {
    const run = await prepare(request);
    run.warnings.forEach(printWarning);
    const summary = await naming(run.loaded.origin, () =>
      simulateIn(run, request, interruption.signal),
    ).catch((error: unknown) => {
      adviseToResume(run);
      throw error;
    });
    const result = resultOf(summary, run);
    printResult(result, request.json, () => inWords(result, run.folder));
    if (summary.interrupted) process.exitCode = ExitCode.interrupted;
  } finally {
    interruption.stop();
  }
}

/** After a failure: whether there is something to go on from. */
function adviseToResume({ folder }: PreparedRun): void {
  if (!folder.begun || !existsSync(join(folder.path, CHECKPOINT_FILE))) return;
  process.stderr.write(`The last checkpoint can be gone on from: txsim train --resume ${folder.shown}\n`);
}

function simulateIn(run: PreparedRun, request: TrainRequest, signal: AbortSignal): Promise<RunSummary> {
  const { loaded, folder, twin, from } = run;
  return simulate(withReporters(loaded.stack, request.json === true), {
    registry: loaded.registry,
    host: loaded.host,
    twin,
    folder,
    signal,
    strict: request.strict === true,
    save: (checkpoint) => folder.write(CHECKPOINT_FILE, checkpoint),
    ...(request.checkpointEvery === undefined ? {} : { checkpointEvery: request.checkpointEvery }),
    ...(from && { resume: from.bytes }),
    opened: async (description) => {
      const record = recordOf(description, { ...loaded, twin }, folder.path);
      await folder.write(RECORD_FILE, `${JSON.stringify(record, null, 2)}\n`);
      if (from) await trimMetrics(folder.path, from.history);
    },
  });
}

/** Where a stack names no reporters: metrics, the report, and progress where a person may be watching. */
function withReporters(stack: Stack, quiet: boolean): Stack {
  if (stack.reporters.length > 0) return stack;
  const uses = [
    'report-json-lines/json-lines',
    'report-html/html',
    ...(quiet ? [] : ['report-progress/progress']),
  ];
  return { ...stack, reporters: uses.map((use) => ({ use })) };
}
