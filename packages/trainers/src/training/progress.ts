import type { RunHistory } from '@txsim/core';
import type { LossState } from './loss-meter.js';

/** Where a run stands: all of it that is not in tensors. */
export interface TrainingProgress {
  /** Steps done. */
  readonly step: number;
  readonly losses: LossState;
  readonly twinLosses?: LossState;
  readonly history: RunHistory;
}

/** A run that has not begun. */
export const START: TrainingProgress = {
  step: 0,
  losses: { windowSum: 0, windowCount: 0, epochSum: 0, epochCount: 0 },
  history: { progress: [], epochs: [], snapshots: [], wires: [], warnings: [] },
};
