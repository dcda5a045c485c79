import type { Plot } from '@txsim/plugin-report-html';
import type { PointSummary } from '../analysis/point-summary.js';
import { grouped, spreadOf } from '../analysis/statistics.js';
import type { StudyPlan } from '../plan.js';
import { valueInWords } from '../value-in-words.js';
import { titleOf } from './axis.js';
import { shortNames } from '../short-names.js';
import { fileName, inPercent } from './style.js';

/** Values of an axis that still make a map. */
const MOST = 12;
const CELL = 44;

/**
 * Mean accuracy of each pair of values of two axes, of the others the mean. Undefined unless most pairs are there, and where axes were varied one at a time.
 */
export function heatMap(
  [a, b]: readonly [string, string],
  plan: StudyPlan,
  points: readonly PointSummary[],
): Plot | undefined {
  if (plan.study.design === 'one-at-a-time') return undefined;
  const columns = valuesOf(a, points);
  const rows = valuesOf(b, points);
  const cells = [...grouped(points, ({ point: { values } }) => JSON.stringify([values[a], values[b]]))];
  if (Math.min(columns.length, rows.length) < 2 || Math.max(columns.length, rows.length) > MOST)
    return undefined;
  if (cells.length < 0.6 * columns.length * rows.length) return undefined;
  const values = cells.map(([key, members]) => {
    const [x, y] = JSON.parse(key) as [unknown, unknown];
    const { mean } = spreadOf(members.map((m) => m.accuracy.mean));
    return { x: valueInWords(x), y: valueInWords(y), accuracy: inPercent(mean) };
  });
  const names = plan.axes.map((axis) => axis.name);
  const short = shortNames(names);
  const middle =
    (Math.min(...values.map((v) => v.accuracy)) + Math.max(...values.map((v) => v.accuracy))) / 2;
  return {
    name: `map-${fileName(a)}-${fileName(b)}`,
    title: `Accuracy by ${titleOf(a, names)} and ${titleOf(b, names)}`,
    description: `Mean test accuracy, %, from ${Math.min(...values.map((v) => v.accuracy))} to ${Math.max(...values.map((v) => v.accuracy))}.`,
    spec: {
      width: { step: CELL },
      height: { step: CELL * 0.75 },
      data: { values },
      encoding: {
        x: { field: 'x', type: 'ordinal', sort: columns, title: short.get(a), axis: { labelAngle: 0 } },
        y: { field: 'y', type: 'ordinal', sort: [...rows].reverse(), title: short.get(b) },
      },
      layer: [
        {
          mark: 'rect',
          encoding: {
            color: { field: 'accuracy', type: 'quantitative', title: 'test accuracy, %', scale: { scheme: 'viridis', zero: false }, legend: { orient: 'right' } }, // prettier-ignore
          },
        },
        {
          mark: { type: 'text', fontSize: 11 },
          encoding: {
            text: { field: 'accuracy', type: 'quantitative', format: '.1f' },
            color: { condition: { test: `datum.accuracy < ${middle}`, value: 'white' }, value: 'black' },
          },
        },
      ],
    } as Plot['spec'],
  };
}

function valuesOf(axis: string, points: readonly PointSummary[]): string[] {
  const values = points.map(({ point }) => point.values[axis]);
  const numbers = values.every((v) => typeof v === 'number');
  const sorted = numbers ? [...values].sort((p, q) => Number(p) - Number(q)) : values;
  return [...new Set(sorted.map(valueInWords))];
}
