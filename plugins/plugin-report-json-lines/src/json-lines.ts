import { reporter, type RunHistory, type SimulationEvents } from '@txsim/core';
import { z } from 'zod';

/** The file's name in the run's folder. */
export const METRICS_FILE = 'metrics.jsonl';

/** The facts that are written down; none of them knows the clock. */
type Recorded = 'progress' | 'epoch' | 'wires' | 'warning';

/**
 * Appends one JSON object per line to `metrics.jsonl`: `{"type":"progress" | "epoch" | "wires" | "warning", …}` with the keys
 * of the event. Losses are in nats, accuracies fractions; a number that is not finite is `null`. Two identical runs
 * write identical files. The file begins anew with each run; one that goes on from a checkpoint repeats what the
 * checkpoint remembers.
 */
export const jsonLines = reporter({
  id: 'json-lines',
  description:
    'One JSON object per line in metrics.jsonl for each progress, epoch, probe of the wires and warning.',
  config: z.strictObject({}),
  create: ({ on }) => {
    const waiting: string[] = [];
    let write = (line: string): void => void waiting.push(line);
    let begun: Promise<void> = Promise.resolve();
    const record = <Name extends Recorded>(type: Name): void => on(type, (fact) => write(lineOf(type, fact)));
    record('progress');
    record('epoch');
    record('wires');
    record('warning');
    return {
      open: ({ history }, folder) => {
        const append = (line: string): void => folder?.append(METRICS_FILE, line);
        const flush = (): void => {
          write = append;
          waiting.splice(0).forEach(append);
        };
        if (folder) begun = folder.write(METRICS_FILE, textOf(history)).then(flush);
        else flush();
        // `close` tells of a failure; until then it must not count as unhandled.
        begun.catch(() => {});
      },
      close: () => begun,
    };
  },
});

const lineOf = <Name extends Recorded>(type: Name, fact: SimulationEvents[Name]): string =>
  JSON.stringify({ type, ...fact });

/** Warnings first, for they know no step; then all others as they came. */
function textOf({ warnings, progress, epochs, wires }: RunHistory): string {
  const steps = [
    ...progress.map((fact) => ({ step: fact.step, line: lineOf('progress', fact) })),
    ...epochs.map((fact) => ({ step: fact.step, line: lineOf('epoch', fact) })),
    ...wires.map((fact) => ({ step: fact.step, line: lineOf('wires', fact) })),
  ].sort((a, b) => a.step - b.step);
  const lines = [...warnings.map((fact) => lineOf('warning', fact)), ...steps.map(({ line }) => line)];
  return lines.map((line) => `${line}\n`).join('');
}
