import type { RunResult, StudyRun } from '@txsim/studies';
import type { Pace } from './pace.js';
import { duration, resultInWords, runInWords } from './words.js';
import type { RunProgress } from './worker-process.js';

/** Shows how a sweep goes. */
export interface SweepDisplay {
  progress(worker: number, run: StudyRun, progress: RunProgress | undefined): void;
  finished(worker: number, run: StudyRun, result: RunResult): void;
  line(text: string): void;
  stop(): void;
}

/** Where it is shown; `process.stderr` is one. */
interface Terminal {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Least milliseconds between two pictures of the table. */
const REDRAW = 200;
const BAR = 24;

/** A table that is drawn over and over on a terminal, a line per finished run elsewhere. */
export function sweepDisplay(stream: Terminal, pace: Pace, now: () => number): SweepDisplay {
  return stream.isTTY ? liveTable(stream, pace, now) : plainLines(stream, pace);
}

const finishedLine = (pace: Pace, run: StudyRun, result: RunResult): string =>
  `[${String(pace.done).padStart(String(pace.all).length)}/${pace.all}] ${runInWords(run)}  ${resultInWords(result)}`;

function timeLeft(pace: Pace): string {
  const left = pace.secondsLeft;
  return left === undefined ? '' : `  ${duration(left)} left`;
}

function plainLines(stream: Terminal, pace: Pace): SweepDisplay {
  const line = (text: string): void => void stream.write(`${text}\n`);
  return {
    progress: () => {},
    finished: (_, run, result) => line(`${finishedLine(pace, run, result)}${timeLeft(pace)}`),
    line,
    stop: () => {},
  };
}

/** Finished runs scroll by above a bar for the whole and a line for each worker. */
function liveTable(stream: Terminal, pace: Pace, now: () => number): SweepDisplay {
  const workers = new Map<number, string>();
  let shown = 0;
  let drawn = 0;
  const clear = (): void => {
    if (shown > 0) stream.write(`\u001b[${shown}A\u001b[0J`);
    shown = 0;
  };
  const draw = (): void => {
    const full = Math.round((BAR * pace.done) / pace.all);
    const bar = `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`;
    const lines = [`${bar} ${pace.done}/${pace.all} runs${timeLeft(pace)}`, ...workers.values()];
    clear();
    stream.write(lines.map((line) => `${line.slice(0, (stream.columns ?? 80) - 1)}\n`).join(''));
    shown = lines.length;
    drawn = now();
  };
  const line = (text: string): void => {
    clear();
    stream.write(`${text}\n`);
    draw();
  };
  return {
    progress: (worker, run, progress) => {
      const step = progress ? `step ${progress.step}/${progress.steps}` : 'begins';
      const loss = progress?.loss === undefined ? '' : `  loss ${progress.loss.toPrecision(3)}`;
      workers.set(worker, `  ${runInWords(run)}  ${step}${loss}`);
      if (1000 * (now() - drawn) > REDRAW) draw();
    },
    finished: (worker, run, result) => {
      workers.delete(worker);
      line(finishedLine(pace, run, result));
    },
    line,
    stop: clear,
  };
}
