import type { StudyPlan } from '../src/plan.js';
import type { RunResult } from '../src/result.js';

/** A result of each run, its accuracy from the values of its point. */
export function resultsOf(
  { runs }: StudyPlan,
  accuracy: (values: Record<string, number>, seed: number) => number,
): Map<string, RunResult> {
  const made = {
    seconds: 1,
    backend: 'wasm',
    platform: 'linux x64',
    cpu: 'a cpu',
    node: 'v20',
    txsim: '0.1.0',
  };
  return new Map(
    runs.map(({ id, point, seed, twin }) => [
      id,
      {
        id,
        point: point.number,
        seed,
        values: point.values,
        accuracy: accuracy(point.values as Record<string, number>, seed),
        ...(twin && { digitalAccuracy: 0.97 }),
        loss: 0.1,
        accuracies: [0.5],
        devices: 100,
        arrays: 1,
        warnings: [],
        made,
      },
    ]),
  );
}
