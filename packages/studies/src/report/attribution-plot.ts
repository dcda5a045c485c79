import { COLOURS, type Plot } from '@txsim/plugin-report-html';
import { costsOfParts, type Cost } from '../analysis/costs-of-parts.js';
import type { PointSummary } from '../analysis/point-summary.js';
import { CONTEXTS } from '../design/attribution.js';
import { inPercent } from './style.js';

const WAYS = ['alone', 'in company'] as const;
const EVERYTHING = 'everything';

/** What each part costs, in each operation and in all together. Undefined unless the study is an attribution. */
export function attributionPlot(points: readonly PointSummary[]): Plot | undefined {
  const { parts, contexts } = costsOfParts(points);
  const costs = [...contexts.map((c) => ({ part: EVERYTHING, ...c })), ...parts];
  const row = (part: string, context: string, way: string, { mean, error }: Cost) => ({
    part,
    context,
    way,
    cost: inPercent(mean),
    low: inPercent(mean - error),
    high: inPercent(mean + error),
  });
  const values = costs.flatMap(({ part, context, alone, inCompany }) => [
    row(part, context, WAYS[0], alone),
    ...(inCompany ? [row(part, context, WAYS[1], inCompany)] : []),
  ]);
  if (values.length === 0) return undefined;
  const largest = [...parts].sort((a, b) => b.alone.mean - a.alone.mean)[0];
  return {
    name: 'attribution',
    title: 'What costs what',
    description: largest
      ? `The largest cost alone: ${largest.part} in ${largest.context}, ${inPercent(largest.alone.mean)} ± ${inPercent(largest.alone.error)} points.`
      : 'Points are still missing.',
    note: 'Points of accuracy, with one standard error over seeds. Alone: what a part takes when nothing else acts. In company: what comes back when it alone is taken away; for everything of an operation, from everything in all of them.',
    wide: true,
    spec: {
      data: { values },
      facet: { column: { field: 'context', sort: [...CONTEXTS], title: null } },
      spec: {
        width: 150,
        height: { step: 13 },
        encoding: {
          y: { field: 'part', type: 'nominal', sort: null, title: null },
          yOffset: { field: 'way', sort: [...WAYS] },
        },
        layer: [
          {
            mark: 'bar',
            encoding: {
              x: { field: 'cost', type: 'quantitative', title: 'cost, points' },
              color: { field: 'way', type: 'nominal', scale: { domain: [...WAYS], range: [COLOURS.blue, COLOURS.orange] } }, // prettier-ignore
            },
          },
          { mark: 'rule', encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } } },
        ],
      },
    } as Plot['spec'],
  };
}
