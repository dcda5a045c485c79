import { COLOURS, type Plot } from '@txsim/plugin-report-html';
import type { PointSummary } from '../analysis/point-summary.js';
import { accuracyAxis, inPercent, WIDTH } from './style.js';

/** Accuracy of points that have names, one below the other. */
export function labelPlot(points: readonly PointSummary[]): Plot | undefined {
  const named = points.filter(({ point }) => point.label !== undefined);
  if (named.length === 0) return undefined;
  const values = named.map(({ point, accuracy: { mean, deviation } }) => ({
    label: point.label,
    accuracy: inPercent(mean),
    low: inPercent(mean - deviation),
    high: inPercent(mean + deviation),
  }));
  const digital = named.flatMap((p) => (p.digital ? [inPercent(p.digital.mean)] : []));
  const axis = accuracyAxis([...values.flatMap((v) => [v.low, v.high]), ...digital]);
  return {
    name: 'points',
    title: 'Accuracy of each point',
    description: `From ${Math.min(...values.map((v) => v.accuracy))} to ${Math.max(...values.map((v) => v.accuracy))} %.`,
    note: 'Bars: one standard deviation over seeds. Dashed: the digital reference.',
    wide: true,
    spec: {
      width: 1.4 * WIDTH,
      height: { step: 22 },
      data: { values },
      encoding: {
        y: { field: 'label', type: 'nominal', sort: null, title: null, axis: { labelLimit: 400 } },
      },
      layer: [
        ...(digital.length > 0
          ? [{ data: { values: [{ accuracy: digital[0] }] }, mark: { type: 'rule', color: COLOURS.vermilion, strokeDash: [5, 4] }, encoding: { x: axis, y: null } }] // prettier-ignore
          : []),
        { mark: { type: 'rule', color: COLOURS.blue }, encoding: { x: { ...axis, field: 'low' }, x2: { field: 'high' } } }, // prettier-ignore
        { mark: { type: 'point', color: COLOURS.blue }, encoding: { x: axis } },
      ],
    } as Plot['spec'],
  };
}
