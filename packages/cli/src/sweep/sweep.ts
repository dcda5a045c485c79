import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { naming } from '../config/load-stack.js';
import { ExitCode } from '../output/exit-code.js';
import { printResult } from '../output/result.js';
import { table } from '../output/table.js';
import { quietTfjs } from '../quiet-tfjs.js';
import { listenForInterruption } from '../run/interruption.js';
import { sweepDisplay } from './display.js';
import { estimateSweep, type SweepEstimate } from './estimate-sweep.js';
import { makeRuns } from './make-runs.js';
import { Pace } from './pace.js';
import { prepareSweep } from './prepare-sweep.js';
import { readStudy, type StudySource } from './read-study.js';
import { SweepFolder } from './sweep-folder.js';
import { duration } from './words.js';
import { writeReport } from './write-report.js';

/** `txsim sweep` as it was typed. */
export interface SweepRequest {
  readonly out?: string;
  readonly workers?: number;
  readonly plugin: readonly string[];
  readonly dryRun?: boolean;
  readonly retryFailed?: boolean;
  readonly json?: boolean;
}

/** What `txsim sweep --json` prints. */
export interface SweepResult {
  readonly points: number;
  readonly runs: number;
  readonly finished: number;
  readonly failed: number;
  readonly interrupted: boolean;
  readonly seconds: number;
  readonly outDir: string;
}

/** `txsim sweep` */
export async function sweep(file: string, request: SweepRequest): Promise<void> {
  const source = await readStudy(file, request.plugin);
  const folder = request.out ?? join('sweeps', source.name);
  await runSweep(source, folder, request);
}

/** Makes the runs of a study in a folder, or goes on with them. */
export async function runSweep(
  source: StudySource,
  path: string,
  request: SweepRequest,
): Promise<SweepResult | undefined> {
  quietTfjs();
  const { plan, loaded, record } = await prepareSweep(source);
  const workers = request.workers ?? availableParallelism();
  if (request.dryRun) {
    const result = await naming(source.origin, () => estimateSweep(plan, loaded, workers));
    printResult(result, request.json, () => estimateInWords(result));
    return undefined;
  }
  const folder = new SweepFolder(path);
  await folder.open(record);
  if (request.retryFailed) folder.forgetFailed();
  const now = (): number => performance.now() / 1000;
  const began = now();
  const pace = new Pace(plan.runs.length, folder.results().size, now);
  const display = sweepDisplay(process.stderr, pace, now);
  if (pace.done > 0) display.line(`${pace.done} of ${pace.all} runs are finished already`);
  const interruption = listenForInterruption();
  try {
    const open = plan.runs.filter(({ id }) => !folder.isFinished(id));
    const wanted = Math.max(1, Math.min(workers, open.length));
    const { signal } = interruption;
    if (open.length > 0)
      await makeRuns(open, { folder, base: source.base, workers: wanted, display, pace, signal });
  } finally {
    interruption.stop();
    display.stop();
  }
  await folder.collect(plan);
  const results = [...folder.results().values()];
  const failed = results.filter(({ error }) => error !== undefined).length;
  const interrupted = results.length < plan.runs.length;
  if (!interrupted) await writeReport(folder);
  const counts = { points: plan.points.length, runs: plan.runs.length, finished: results.length, failed };
  const result = { ...counts, interrupted, seconds: now() - began, outDir: folder.path };
  printResult(result, request.json, () => inWords(result));
  if (interrupted) process.exitCode = ExitCode.interrupted;
  else if (failed > 0) process.exitCode = ExitCode.failed;
  return result;
}

function inWords({ finished, runs, failed, interrupted, outDir, seconds }: SweepResult): string {
  const shown = relative(process.cwd(), outDir) || '.';
  return [
    `${finished} of ${runs} runs finished, ${failed} failed, after ${duration(seconds)}`,
    interrupted ? 'interrupted; the same command goes on' : `report    ${join(shown, 'report.html')}`,
    `results   ${join(shown, 'results.csv')}`,
  ].join('\n');
}

const estimateInWords = (e: SweepEstimate): string =>
  table([
    ['points', `${e.points}${e.left > 0 ? `, ${e.left} more are left out by conditions` : ''}`],
    ['runs', String(e.runs)],
    [
      'a run',
      `${duration(e.seconds.least)} to ${duration(e.seconds.most)}, from points ${e.tried.join(', ')}`,
    ],
    ['all', `${duration(e.seconds.all)} in ${e.workers} processes`],
    [
      'memory',
      `${(e.bytes.all / 1e6).toFixed(0)} MB of tensors in ${e.workers} processes, without the data set`,
    ],
  ]);
