import type { TopLevelSpec } from 'vega-lite';
import { renderSvg } from '../output/render.js';
import type { Axis, StageSample } from './sample-effect.js';

type Panels = Extract<TopLevelSpec, { hconcat: unknown }>['hconcat'];

const AXES: Readonly<
  Record<Axis, { readonly title: string; readonly factor: number; readonly log: boolean }>
> = {
  conductance: { title: 'conductance before, µS', factor: 1e-6, log: false },
  time: { title: 'time since the write, s', factor: 1, log: true },
  pulses: { title: 'pulses before the write', factor: 1, log: true },
};
const RESULTS = {
  conductance: { title: 'conductance after, µS', factor: 1e-6 },
  change: { title: 'change of conductance by the write, µS', factor: 1e-6 },
  current: { title: 'current of a line, µA', factor: 1e-6 },
} as const;
const TITLES = {
  program: 'when a weight is programmed',
  update: 'after a write',
  retain: 'as time passes',
  conduct: 'what the circuit sees',
  read: 'what one read finds',
} as const;
const COLOUR = '#2a5fa5';

/** Draws what a non-ideality does at each of its stages, as an SVG document. */
export function drawEffect(
  title: string,
  notes: readonly string[],
  stages: readonly StageSample[],
): Promise<string> {
  const spec: TopLevelSpec = { title: { text: title, subtitle: [...notes] }, hconcat: stages.map(panel) };
  return renderSvg(spec, [title, ...stages.map(({ stage }) => TITLES[stage])].join(', '));
}

function panel({ stage, axis, result, series }: StageSample): Panels[number] {
  const [{ title, factor, log }, { title: yTitle, factor: unit }] = [AXES[axis], RESULTS[result]];
  const values = series.flatMap((places, s) =>
    places.map(({ x, given, quantiles, one }) => {
      const [q5, q25, q50, q75, q95] = quantiles.map((q) => round(q / unit)) as [number, number, number, number, number]; // prettier-ignore
      return { s, x: round(x / factor), given: round(given / unit), q5, q25, q50, q75, q95, one: round(one / unit) }; // prettier-ignore
    }),
  );
  const x = {
    field: 'x',
    type: 'quantitative' as const,
    title,
    scale: { zero: false, nice: false, ...(log && { type: 'log' as const }) },
    axis: { tickCount: 5, ...(log && { format: '.0e' }) },
  };
  const y = (field: string) => ({
    field,
    type: 'quantitative' as const,
    title: yTitle,
    scale: { zero: false },
  });
  const detail = { field: 's', type: 'nominal' as const };
  const area = (low: string, high: string) => ({
    mark: { type: 'area' as const, opacity: 0.2, color: COLOUR },
    encoding: { x, y: y(low), y2: { field: high }, detail },
  });
  return {
    title: { text: TITLES[stage], fontSize: 12, fontWeight: 'normal' },
    width: 260,
    height: 220,
    data: { values },
    layer: [
      area('q5', 'q95'),
      area('q25', 'q75'),
      {
        mark: { type: 'line', strokeDash: [4, 4], color: '#888888' },
        encoding: { x, y: y('given'), detail },
      },
      { mark: { type: 'line', strokeWidth: 1.5, color: COLOUR }, encoding: { x, y: y('q50'), detail } },
      {
        mark: { type: 'point', size: 10, filled: true, color: '#c25b12' },
        encoding: { x, y: y('one'), detail },
      },
    ],
  } as Panels[number];
}

/** Five digits are more than a picture shows. */
const round = (value: number): number => Number(value.toPrecision(5));
