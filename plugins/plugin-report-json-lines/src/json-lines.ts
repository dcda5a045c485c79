import { reporter, type SimulationEvents } from '@txsim/core';
import { z } from 'zod';

/** The file's name in the run's folder. */
export const METRICS_FILE = 'metrics.jsonl';

/** The facts that are written down; none of them knows the clock. */
type Recorded = 'progress' | 'epoch' | 'warning';

/**
 * Appends one JSON object per line to `metrics.jsonl`: `{"type":"progress" | "epoch" | "warning", …}` with the keys
 * of the event. Losses are in nats, accuracies fractions; a number that is not finite is `null`. Two identical runs
 * write identical files.
 */
export const jsonLines = reporter({
  id: 'json-lines',
  description: 'One JSON object per line in metrics.jsonl for each progress, epoch and warning.',
  config: z.strictObject({}),
  create: ({ on }) => {
    const early: string[] = [];
    let write = (line: string): void => void early.push(line);
    const record = <Name extends Recorded>(type: Name): void => on(type, (fact) => write(lineOf(type, fact)));
    record('progress');
    record('epoch');
    record('warning');
    return {
      open: (_, folder) => {
        write = (line) => folder?.append(METRICS_FILE, line);
        early.splice(0).forEach(write);
      },
    };
  },
});

const lineOf = <Name extends Recorded>(type: Name, fact: SimulationEvents[Name]): string =>
  JSON.stringify({ type, ...fact });
