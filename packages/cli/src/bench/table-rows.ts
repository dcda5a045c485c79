import type { Row } from './row.js';

/** The columns of the table. */
export const HEADINGS = ['row', 'figure', 'median (quartiles)', 'baseline', 'ratio (quartiles)'];

/** A row in words: three significant digits, and what it was measured against. */
export function cellsOf(row: Row): string[] {
  const { name, unit, value, median, low, high, baseline, against } = row;
  const { ratio, ratioLow, ratioHigh } = row;
  return [
    name,
    `${digits(value)} ${unit}`,
    `${digits(median)} (${digits(low)}–${digits(high)})`,
    baseline === undefined ? '' : `${digits(baseline)}, ${against}`,
    ratio === undefined ? '' : `${digits(ratio)} (${digits(ratioLow!)}–${digits(ratioHigh!)})`,
  ];
}

/** Three significant digits, without an exponent. */
const digits = (value: number): string => {
  const whole = value === 0 ? 1 : Math.floor(Math.log10(Math.abs(value))) + 1;
  return value.toFixed(Math.max(0, 3 - whole));
};
