import type { StudyPlan, StudyPoint } from '../plan.js';
import type { Outcome } from '../result.js';
import { grouped, spreadOf, type Spread } from './statistics.js';

/** What the seeds of a point say together. */
export interface PointSummary {
  readonly point: StudyPoint;
  /** Accuracies of the seeds, fractions. */
  readonly accuracies: readonly number[];
  readonly accuracy: Spread;
  /** Of the digital reference; undefined where there is none. */
  readonly digital?: Spread;
  readonly devices: number;
  readonly arrays: number;
}

/** The points of which at least one run has an accuracy. */
export function summarise(plan: StudyPlan, outcomes: readonly Outcome[]): PointSummary[] {
  const byPoint = grouped(outcomes, ({ point }) => point);
  return plan.points.flatMap((point) => {
    const runs = (byPoint.get(point.number) ?? []).filter(({ accuracy }) => accuracy !== null);
    if (runs.length === 0) return [];
    const accuracies = runs.map(({ accuracy }) => accuracy!);
    const digital = runs.flatMap(({ digitalAccuracy: d }) => (d === undefined ? [] : [d]));
    const { devices, arrays } = runs[0]!;
    const reference = digital.length > 0 ? { digital: spreadOf(digital) } : {};
    return [{ point, accuracies, accuracy: spreadOf(accuracies), ...reference, devices, arrays }];
  });
}
