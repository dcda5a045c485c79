import type { StudyPlan } from '../plan.js';
import { levelsOf } from './levels.js';
import type { PointSummary } from './point-summary.js';
import { grouped } from './statistics.js';

/** How much an axis moves accuracy by itself. */
export interface MainEffect {
  readonly axis: string;
  /** Between the best and the worst value of the axis, fraction of the test set. */
  readonly range: number;
  /** Its standard error, from the spread over seeds. */
  readonly error: number;
  readonly best: unknown;
  readonly worst: unknown;
  /** Correlation ratio η²: the part of the variance of all runs that the axis explains by itself. */
  readonly share: number;
}

/** Places at which the values of a continuous axis are cut. */
const BINS = 6;

/** Main effects, the largest range first. Values of a continuous axis are taken together in six equally full groups. */
export function mainEffects(plan: StudyPlan, points: readonly PointSummary[]): MainEffect[] {
  const effects = plan.axes.flatMap(({ name }) => {
    const binned = points.map((p) => ({ ...p, point: { ...p.point, values: { ...p.point.values } } }));
    bin(name, binned);
    const levels = levelsOf(name, plan, binned);
    if (levels.length < 2) return [];
    const sorted = [...levels].sort((a, b) => b.accuracy.mean - a.accuracy.mean);
    const [best, worst] = [sorted[0]!, sorted.at(-1)!];
    const error = Math.hypot(
      ...[best, worst].map(({ accuracy, runs }) => accuracy.deviation / Math.sqrt(runs)),
    );
    const range = best.accuracy.mean - worst.accuracy.mean;
    return [{ axis: name, range, error, best: best.value, worst: worst.value, share: shareOf(name, binned) }];
  });
  return effects.sort((a, b) => b.range - a.range);
}

function shareOf(axis: string, points: readonly PointSummary[]): number {
  const all = points.flatMap((p) => p.accuracies);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const centre = mean(all);
  const total = all.reduce((sum, v) => sum + (v - centre) ** 2, 0);
  const groups = [...grouped(points, (p) => JSON.stringify(p.point.values[axis])).values()];
  const between = groups
    .map((group) => group.flatMap((p) => p.accuracies))
    .reduce((sum, values) => sum + values.length * (mean(values) - centre) ** 2, 0);
  return total > 0 ? between / total : 0;
}

/** Replaces the values of an axis that has many by the middle one of their group. */
function bin(axis: string, points: { readonly point: { readonly values: Record<string, unknown> } }[]): void {
  const values = points.map(({ point }) => point.values[axis]);
  if (new Set(values).size <= 2 * BINS || !values.every((v) => typeof v === 'number')) return;
  const order = [...points].sort((a, b) => Number(a.point.values[axis]) - Number(b.point.values[axis]));
  const size = order.length / BINS;
  for (let b = 0; b < BINS; b++) {
    const group = order.slice(Math.round(b * size), Math.round((b + 1) * size));
    const middle = group[group.length >> 1]!.point.values[axis];
    for (const { point } of group) point.values[axis] = middle;
  }
}
