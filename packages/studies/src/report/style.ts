import { COLOURS } from '@txsim/plugin-report-html';

export const WIDTH = 400;
export const HEIGHT = 240;

/** What lines are called. */
export const SERIES = ['arrays', 'digital reference'] as const;
const SERIES_COLOUR: Readonly<Record<string, string>> = {
  [SERIES[0]]: COLOURS.blue,
  [SERIES[1]]: COLOURS.vermilion,
};

/** A colour for each of those that are there, so that the legend names no other. */
export function seriesColours(values: readonly { readonly series: string }[]): object {
  const domain = SERIES.filter((series) => values.some((v) => v.series === series));
  return { field: 'series', type: 'nominal', scale: { domain, range: domain.map((s) => SERIES_COLOUR[s]) } };
}

/** Percent with two decimals, as numbers. */
export const inPercent = (fraction: number): number => Number((100 * fraction).toFixed(2));

/** An accuracy axis that shows all of the values with some air. */
export function accuracyAxis(values: readonly number[]): object {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const air = Math.max(0.5, 0.08 * (most - least));
  const domain = [Math.max(0, least - air), Math.min(100, most + air)];
  return {
    field: 'accuracy',
    type: 'quantitative',
    title: 'test accuracy, %',
    scale: { domain, zero: false, clamp: true },
  };
}

/** A name that is safe in a path and an id. */
export const fileName = (name: string): string =>
  name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'axis'; // prettier-ignore
