import { COLOURS, type Plot } from '@txsim/plugin-report-html';
import type { MorrisEffect } from '../analysis/elementary-effects.js';
import type { MainEffect } from '../analysis/main-effects.js';
import { shortNames } from '../short-names.js';
import { HEIGHT, inPercent, WIDTH } from './style.js';

/** Ranges of main effects as bars, the largest first, with their standard errors. */
export function rankingPlot(effects: readonly MainEffect[]): Plot | undefined {
  if (effects.length < 2) return undefined;
  const names = shortNames(effects.map(({ axis }) => axis));
  const values = effects.map(({ axis, range, error }) => ({
    axis: names.get(axis),
    range: inPercent(range),
    low: Math.max(0, inPercent(range - error)),
    high: inPercent(range + error),
  }));
  return {
    name: 'sensitivity',
    title: 'Which axis moves accuracy most',
    description: `Difference between the best and the worst value of an axis, points: ${values.map((v) => `${v.axis} ${v.range}`).join(', ')}.`,
    note: 'Bars: one standard error. A best and a worst value differ by chance too: ranges near their error say nothing.',
    spec: {
      width: WIDTH,
      height: { step: 30 },
      data: { values },
      encoding: { y: { field: 'axis', type: 'nominal', sort: null, title: null } },
      layer: [
        { mark: { type: 'bar', color: COLOURS.blue, height: 16 }, encoding: { x: { field: 'range', type: 'quantitative', title: 'best − worst, points' } } }, // prettier-ignore
        { mark: { type: 'rule', strokeWidth: 1.5 }, encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } } }, // prettier-ignore
      ],
    } as Plot['spec'],
  };
}

/** Morris's plane: how much an axis matters, and by how much its effect varies. */
export function morrisPlot(axes: readonly string[], effects: readonly MorrisEffect[]): Plot {
  const names = shortNames(axes);
  const values = effects.map(({ magnitude, deviation }, i) => ({
    axis: names.get(axes[i]!),
    magnitude: inPercent(magnitude),
    deviation: inPercent(deviation),
  }));
  return {
    name: 'morris',
    title: 'Elementary effects',
    description: `µ* in points per length of the axis: ${values.map((v) => `${v.axis} ${v.magnitude}`).join(', ')}.`,
    note: 'To the right: matters more. Upwards: the effect depends on the other axes, or is no straight line; spread over seeds adds to it.',
    spec: {
      width: WIDTH,
      height: HEIGHT,
      data: { values },
      encoding: {
        x: { field: 'magnitude', type: 'quantitative', title: 'µ*, points', scale: { padding: 20 } },
        y: { field: 'deviation', type: 'quantitative', title: 'σ, points' },
      },
      layer: [
        { mark: { type: 'point', color: COLOURS.blue } },
        { mark: { type: 'text', align: 'left', dx: 7, fontSize: 12 }, encoding: { text: { field: 'axis' } } },
      ],
    } as Plot['spec'],
  };
}
