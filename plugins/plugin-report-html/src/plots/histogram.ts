import type { MatrixSnapshot } from '@txsim/core';
import { quantity, scaleOf } from '../units.js';
import { HEIGHT, WIDTH } from './range.js';
import { COLOURS, type Plot } from './render.js';

const MOMENTS = ['before training', 'after training'] as const;
const MOMENT_COLOUR = { 'before training': COLOURS.orange, 'after training': COLOURS.blue } as const;

/** Conductances of one matrix before and after training, overlaid; one of the two may be missing. */
export function histogramPlot(
  name: string,
  before: MatrixSnapshot | undefined,
  after: MatrixSnapshot | undefined,
): Plot | undefined {
  const shown = before ?? after;
  if (!shown) return undefined;
  const { gMin, gMax } = shown.histogram;
  const { factor, prefix } = scaleOf(gMax);
  const values = [...outline(before, MOMENTS[0], factor), ...outline(after, MOMENTS[1], factor)];
  const moments = MOMENTS.filter((m) => values.some((v) => v.when === m));
  return {
    name,
    title: `${shown.name}: conductances`,
    description: describe(before, after),
    spec: {
      width: WIDTH,
      height: HEIGHT,
      data: { values },
      mark: { type: 'area', interpolate: 'step-after', fillOpacity: 0.35, line: { strokeWidth: 1.5 } },
      encoding: {
        x: {
          field: 'g',
          type: 'quantitative',
          title: `conductance, ${prefix}S`,
          scale: { domain: [gMin / factor, gMax / factor], nice: false },
          axis: { grid: false },
        },
        y: {
          field: 'devices',
          type: 'quantitative',
          title: 'devices per bin',
          stack: null,
          axis: { format: '~s' },
        },
        color: {
          field: 'when',
          type: 'nominal',
          scale: { domain: moments, range: moments.map((m) => MOMENT_COLOUR[m]) },
        },
      },
    },
  };
}

/** The steps of a histogram: each bin's left edge with its count, and the right edge of the last. */
function outline(snapshot: MatrixSnapshot | undefined, when: string, factor: number) {
  if (!snapshot) return [];
  const { gMin, gMax, counts } = snapshot.histogram;
  const width = (gMax - gMin) / counts.length;
  const edges = counts.map((devices, i) => ({ g: (gMin + i * width) / factor, devices, when }));
  return [...edges, { g: gMax / factor, devices: counts[counts.length - 1] ?? 0, when }];
}

function describe(before: MatrixSnapshot | undefined, after: MatrixSnapshot | undefined): string {
  const means = [
    ...(before ? [`before training ${meanOf(before)}`] : []),
    ...(after ? [`after training ${meanOf(after)}`] : []),
  ];
  return `Histogram of device conductances. Mean ${means.join(', ')}.`;
}

/** The mean conductance, from the middles of the bins. */
function meanOf({ histogram: { gMin, gMax, counts } }: MatrixSnapshot): string {
  const width = (gMax - gMin) / counts.length;
  const devices = counts.reduce((a, b) => a + b, 0);
  if (devices === 0) return 'of no devices';
  const sum = counts.reduce((total, count, i) => total + count * (gMin + (i + 0.5) * width), 0);
  return quantity(Number((sum / devices).toPrecision(3)), 'S');
}
