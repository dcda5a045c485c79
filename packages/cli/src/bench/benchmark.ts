import { rowOf, type Figure, type Row } from './row.js';

/** How long is measured. */
export interface Effort {
  /** Of the calls of a row, warming up left out. */
  readonly seconds: number;
  /** Turns at least, however long they take. */
  readonly turns: number;
}

export const FULL: Effort = { seconds: 1, turns: 11 };
export const QUICK: Effort = { seconds: 0.03, turns: 3 };

/** One row of the table, not yet measured. */
export interface Benchmark {
  readonly name: string;
  measure(effort: Effort): Promise<Row>;
}

type Action = () => unknown;

/** What is timed, with the tensors that it needs. */
export interface Contest {
  readonly action: Action;
  readonly baseline?: Action;
  dispose?(): void;
}

/** What is timed, how it becomes a figure, and how many times longer than a kernel it is watched (1 if absent). */
export interface Timed extends Figure {
  readonly patience?: number;
  readonly open: () => Contest | Promise<Contest>;
}

/** A benchmark of calls, in turns with those of its baseline where it has one. */
export const timed = ({ open, patience = 1, ...figure }: Timed): Benchmark => ({
  name: figure.name,
  async measure({ seconds, turns }) {
    const { action, baseline, dispose } = await open();
    try {
      const actions = baseline ? [action, baseline] : [action];
      await inTurns(actions, { seconds: (patience * seconds) / 4, turns: Math.min(turns, 3) });
      const [times, others] = await inTurns(actions, { seconds: patience * seconds, turns });
      return rowOf(figure, times!, others);
    } finally {
      dispose?.();
    }
  },
});

/** Milliseconds of the calls of each action, one of each after the other, until the time is over. */
async function inTurns(actions: readonly Action[], { seconds, turns }: Effort): Promise<number[][]> {
  const times: number[][] = actions.map(() => []);
  const end = performance.now() + 1000 * seconds;
  for (let turn = 0; turn < turns || performance.now() < end; turn++) {
    for (const [i, action] of actions.entries()) {
      const start = performance.now();
      const result = action();
      if (result instanceof Promise) await result;
      times[i]!.push(performance.now() - start);
    }
  }
  return times;
}
