import { COLOURS, type Plot } from '@txsim/plugin-report-html';
import { levelsOf, pointsAlong, type Level } from '../analysis/levels.js';
import type { PointSummary } from '../analysis/point-summary.js';
import type { StudyPlan } from '../plan.js';
import { valueInWords } from '../value-in-words.js';
import { placed, titleOf, type Placed } from './axis.js';
import { accuracyAxis, fileName, HEIGHT, inPercent, seriesColours, SERIES, WIDTH } from './style.js';

/** More values than this of one axis were drawn at random: their mean means nothing. */
const MOST_LEVELS = 20;

/** Accuracy against an axis: each run, means with the spread over seeds, and the digital reference. */
export function axisPlot(name: string, plan: StudyPlan, points: readonly PointSummary[]): Plot | undefined {
  const levels = levelsOf(name, plan, points);
  if (levels.length < 2) return undefined;
  const x = placed(name, plan, levels.map(({ value }) => value)); // prettier-ignore
  const continuous = levels.length > MOST_LEVELS;
  const runs = pointsAlong(name, plan, points).flatMap(({ point, accuracies }) =>
    accuracies.map((accuracy) => ({ x: x.of(point.values[name]), accuracy: inPercent(accuracy) })),
  );
  const lines = levels.flatMap((level) => rows(level, x));
  return {
    name: `accuracy-${fileName(name)}`,
    title: `Accuracy against ${titleOf(
      name,
      plan.axes.map((axis) => axis.name),
    )}`,
    description: describe(levels),
    note: [
      expectationOf(name, plan),
      'Bars: one standard deviation over seeds, at equal values of all axes.',
    ].join(' '),
    spec: {
      width: WIDTH,
      height: HEIGHT,
      encoding: { x: { field: 'x', title: x.title, ...x.encoding } },
      layer: [
        {
          data: { values: runs },
          mark: { type: 'point', size: 22, color: COLOURS.grey, opacity: 0.35 },
          encoding: {
            y: accuracyAxis([...runs.map((r) => r.accuracy), ...lines.flatMap((l) => [l.low, l.high])]),
          },
        },
        ...(continuous ? [] : meanLayers(lines)),
      ],
    } as Plot['spec'],
  };
}

interface Row {
  readonly x: number | string;
  readonly series: string;
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
}

function rows({ value, accuracy, digital }: Level, x: Placed): Row[] {
  const row = (series: string, { mean, deviation }: Level['accuracy']): Row => ({
    x: x.of(value),
    series,
    accuracy: inPercent(mean),
    low: inPercent(mean - deviation),
    high: inPercent(mean + deviation),
  });
  return [row(SERIES[0], accuracy), ...(digital ? [row(SERIES[1], digital)] : [])];
}

const meanLayers = (values: readonly Row[]): object[] => [
  {
    data: { values },
    mark: { type: 'rule', strokeWidth: 1.5 },
    encoding: {
      y: { field: 'low', type: 'quantitative' },
      y2: { field: 'high' },
      color: seriesColours(values),
    },
  },
  {
    data: { values },
    mark: { type: 'line', point: true },
    encoding: {
      y: { field: 'accuracy', type: 'quantitative' },
      color: seriesColours(values),
      strokeDash: { field: 'series', type: 'nominal', scale: { domain: [...SERIES], range: [[1, 0], [5, 4]] }, legend: null }, // prettier-ignore
    },
  },
];

/** What was expected of the axis, as a sentence of its own. */
function expectationOf(name: string, { study: { expected } }: StudyPlan): string {
  const text = typeof expected === 'object' ? expected[name] : undefined;
  return text === undefined ? '' : `Expected: ${text}`;
}

function describe(levels: readonly Level[]): string {
  const [first, last] = [levels[0]!, levels.at(-1)!];
  const at = ({ value, accuracy }: Level): string =>
    `${inPercent(accuracy.mean)} % at ${valueInWords(value)}`;
  return `${at(first)}, ${at(last)}.`;
}
