import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { start } from './txsim.js';

/** One line of a sweep's log. */
export interface LogLine {
  readonly event: 'start' | 'end' | 'failed' | 'stopped' | 'lost';
  readonly id: string;
  readonly pid: number;
}

export async function logOf(folder: string): Promise<LogLine[]> {
  const text = await readFile(join(folder, 'log.jsonl'), 'utf8');
  return text.trim().split('\n').map((line) => JSON.parse(line) as LogLine); // prettier-ignore
}

/** Ids of runs whose result is on disk. */
export const finishedIn = async (folder: string): Promise<string[]> =>
  (await readdir(join(folder, 'points')).catch(() => []))
    .filter((name) => /^[^.].*\.json$/.test(name))
    .map((name) => name.replace('.json', ''));

/** The bytes of a sweep's results. */
export const resultsOf = (folder: string): Promise<string[]> =>
  Promise.all(['results.jsonl', 'results.csv'].map((file) => readFile(join(folder, file), 'utf8')));

/** Starts a sweep and kills it, without any warning, once so many more runs are finished and `after` ms have passed. */
export async function killed(
  cwd: string,
  args: readonly string[],
  folder: string,
  more: number,
  after: number,
): Promise<void> {
  const before = (await finishedIn(folder)).length;
  const running = start(cwd, ...args);
  let ended = false;
  void running.outcome.then(() => (ended = true));
  while (!ended && (await finishedIn(folder)).length < before + more) await setTimeout(5);
  await setTimeout(after);
  if (ended) throw new Error(`the sweep ended before it was killed: ${(await running.outcome).stderr}`);
  running.process.kill('SIGKILL');
  await running.outcome;
}
