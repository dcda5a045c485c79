import type { StudyPlan } from '../plan.js';
import type { PointSummary } from './point-summary.js';
import { grouped, spreadOf, type Spread } from './statistics.js';

/** What the points at one value of an axis say together. */
export interface Level {
  readonly value: unknown;
  /** The mean over points; its deviation is that of seeds within a point (root of the mean variance). */
  readonly accuracy: Spread;
  readonly digital?: Spread;
  /** Runs, of all points at this value. */
  readonly runs: number;
}

/** The levels of an axis, numbers in rising order. */
export function levelsOf(axis: string, plan: StudyPlan, points: readonly PointSummary[]): Level[] {
  const groups = [
    ...grouped(pointsAlong(axis, plan, points), ({ point }) => JSON.stringify(point.values[axis])),
  ];
  const levels = groups.map(([key, members]) => {
    const digital = members.flatMap((m) => (m.digital ? [m.digital] : []));
    return {
      value: JSON.parse(key) as unknown,
      accuracy: pooled(members.map((m) => m.accuracy)),
      ...(digital.length > 0 && { digital: pooled(digital) }),
      runs: members.reduce((sum, m) => sum + m.accuracy.n, 0),
    };
  });
  const numbers = levels.every(({ value }) => typeof value === 'number');
  return numbers ? levels.sort((a, b) => Number(a.value) - Number(b.value)) : levels;
}

/** The points that an axis is judged by: all of them; one at a time, those whose other axes are at their baseline. */
export function pointsAlong(axis: string, plan: StudyPlan, points: readonly PointSummary[]) {
  const {
    study,
    axes,
    points: [baseline],
  } = plan;
  if (study.design !== 'one-at-a-time') return points;
  const others = axes.filter(({ name }) => name !== axis);
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return points.filter(({ point }) =>
    others.every(({ name }) => same(point.values[name], baseline!.values[name])),
  );
}

function pooled(spreads: readonly Spread[]): Spread {
  const { n, mean } = spreadOf(spreads.map((s) => s.mean));
  const variance = spreads.reduce((sum, s) => sum + s.deviation ** 2, 0) / n;
  return { n: spreads.reduce((sum, s) => sum + s.n, 0), mean, deviation: Math.sqrt(variance) };
}
