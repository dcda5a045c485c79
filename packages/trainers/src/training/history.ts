import type { Events, RunHistory } from '@txsim/core';

/** The facts of a run, those of `before` and all that `events` tells from now on. */
export function recordHistory(events: Events, before: RunHistory): RunHistory {
  const history = {
    progress: [...before.progress],
    epochs: [...before.epochs],
    snapshots: [...before.snapshots],
    wires: [...before.wires],
    warnings: [...before.warnings],
  };
  events.on('progress', (fact) => void history.progress.push(fact));
  events.on('epoch', (fact) => void history.epochs.push(fact));
  events.on('snapshot', (fact) => void history.snapshots.push(fact));
  events.on('wires', (fact) => void history.wires.push(fact));
  events.on('warning', (fact) => void history.warnings.push(fact));
  return history;
}
