import type {
  ContributionContext,
  EpochMetrics,
  MatrixSnapshot,
  RunDescription,
  RunHistory,
  RunResult,
  SimulationEvents,
} from '@txsim/core';

/** All that a report tells of a run. */
export interface RunRecord {
  run?: RunDescription;
  start?: SimulationEvents['start'];
  result?: RunResult;
  progress: SimulationEvents['progress'][];
  epochs: EpochMetrics[];
  wires: SimulationEvents['wires'][];
  warnings: SimulationEvents['warning'][];
  readonly snapshots: { before?: readonly MatrixSnapshot[]; after?: readonly MatrixSnapshot[] };
}

/** A run that goes on from a checkpoint shows the array as it was before its very first step. */
function keep({ snapshots }: RunRecord, { when, matrices }: SimulationEvents['snapshot']): void {
  if (when === 'after' || !snapshots.before) snapshots[when] = matrices;
}

/** Puts what happened before a checkpoint in front of what happened since. */
export function recall(
  record: RunRecord,
  { progress, epochs, wires, warnings, snapshots }: RunHistory,
): void {
  record.progress = [...progress, ...record.progress];
  record.epochs = [...epochs, ...record.epochs];
  record.wires = [...wires, ...record.wires];
  record.warnings = [...warnings, ...record.warnings];
  for (const fact of snapshots) keep(record, fact);
}

/** Listens to a run and keeps what a report needs. */
export function recordRun(on: ContributionContext<unknown>['on']): RunRecord {
  const record: RunRecord = { progress: [], epochs: [], wires: [], warnings: [], snapshots: {} };
  on('start', (fact) => {
    record.start = fact;
  });
  on('progress', (fact) => void record.progress.push(fact));
  on('epoch', (fact) => void record.epochs.push(fact));
  on('wires', (fact) => void record.wires.push(fact));
  on('warning', (fact) => void record.warnings.push(fact));
  on('snapshot', (fact) => keep(record, fact));
  return record;
}
