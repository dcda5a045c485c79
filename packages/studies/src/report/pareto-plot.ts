import { COLOURS, type Plot } from '@txsim/plugin-report-html';
import { paretoFront } from '../analysis/pareto.js';
import type { PointSummary } from '../analysis/point-summary.js';
import { accuracyAxis, fileName, HEIGHT, inPercent, WIDTH } from './style.js';

/** Names of what is to be small: the study's own, and devices and arrays where points differ in them. */
export function costsOf(points: readonly PointSummary[]): string[] {
  const own = [...new Set(points.flatMap(({ point }) => Object.keys(point.costs)))];
  const differ = (['devices', 'arrays'] as const).filter(
    (key) => new Set(points.map((p) => p[key])).size > 1,
  );
  return [...own, ...differ];
}

/** Accuracy against a cost, with the points that no other one beats. */
export function paretoPlot(cost: string, points: readonly PointSummary[]): Plot | undefined {
  const all = points.map((p) => ({
    point: p.point.label ?? `point ${p.point.number}`,
    cost: p.point.costs[cost] ?? (p as unknown as Record<string, number>)[cost]!,
    gain: p.accuracy.mean,
    accuracy: inPercent(p.accuracy.mean),
    low: inPercent(p.accuracy.mean - p.accuracy.deviation),
    high: inPercent(p.accuracy.mean + p.accuracy.deviation),
  }));
  if (all.length < 2) return undefined;
  const front = paretoFront(all);
  const costs = all.map((one) => one.cost);
  const log = Math.min(...costs) > 0 && Math.max(...costs) / Math.min(...costs) >= 25;
  const x = { field: 'cost', type: 'quantitative', title: cost, scale: { ...(log ? { type: 'log' } : { zero: false }), padding: 12, nice: false }, axis: { grid: false, format: '~s' } }; // prettier-ignore
  const y = accuracyAxis(all.flatMap((one) => [one.low, one.high]));
  return {
    name: `pareto-${fileName(cost)}`,
    title: `Accuracy and ${cost}`,
    description: `Not beaten by another: ${front.map(({ point, accuracy }) => `${point} (${accuracy} %)`).join(', ')}.`,
    note: 'Bars: one standard deviation over seeds; the line joins points that no other one beats in the mean.',
    spec: {
      width: WIDTH,
      height: HEIGHT,
      encoding: { x },
      layer: [
        { data: { values: all }, mark: { type: 'rule', color: COLOURS.grey, opacity: 0.5 }, encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } } }, // prettier-ignore
        { data: { values: all }, mark: { type: 'point', color: COLOURS.grey }, encoding: { y } },
        { data: { values: front }, mark: { type: 'line', interpolate: 'step-after', point: true, color: COLOURS.blue }, encoding: { y } }, // prettier-ignore
      ],
    } as Plot['spec'],
  };
}
