import type { Engine } from './engine.js';
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
  /** Measured on whatever engine, or on the kernels of `wasm` alone. */
  readonly engines: 'any' | 'wasm';
  measure(effort: Effort, engine: Engine): Promise<Row>;
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
  readonly engines?: Benchmark['engines'];
  readonly patience?: number;
  readonly open: () => Contest | Promise<Contest>;
}

/** A benchmark of calls, in turns with those of its baseline where it has one. */
export const timed = ({ open, patience = 1, engines = 'wasm', ...figure }: Timed): Benchmark => ({
  name: figure.name,
  engines,
  async measure({ seconds, turns }, engine) {
    const { action, baseline, dispose } = await open();
    try {
      const actions = baseline ? [action, baseline] : [action];
      await inTurns(actions, { seconds: (patience * seconds) / 4, turns: Math.min(turns, 3) }, engine);
      const [times, others] = await inTurns(actions, { seconds: patience * seconds, turns }, engine);
      return rowOf(figure, times!, others);
    } finally {
      dispose?.();
    }
  },
});

/** Milliseconds of a call of each action, one after the other, until the time is over. */
async function inTurns(
  actions: readonly Action[],
  { seconds, turns }: Effort,
  { calls, settle }: Engine,
): Promise<number[][]> {
  const times: number[][] = actions.map(() => []);
  const end = performance.now() + 1000 * seconds;
  for (let turn = 0; turn < turns || performance.now() < end; turn++) {
    for (const [i, action] of actions.entries()) {
      const start = performance.now();
      for (let call = 0; call < calls; call++) {
        const result = action();
        if (result instanceof Promise) await result;
      }
      await settle();
      times[i]!.push((performance.now() - start) / calls);
    }
  }
  return times;
}
