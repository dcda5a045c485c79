import { table } from '../output/table.js';
import type { BenchResult } from './bench.js';
import type { Row } from './row.js';

const HEADINGS = ['row', 'figure', 'median (quartiles)', 'baseline', 'ratio (quartiles)'];

/** The result on a terminal. */
export const inWords = (result: BenchResult): string =>
  [machineOf(result), '', table([HEADINGS, ...result.rows.map(cellsOf)])].join('\n');

/** The result as a part of a page, with the day. */
export function inMarkdown(result: BenchResult): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rows = [HEADINGS, HEADINGS.map(() => '---'), ...result.rows.map(cellsOf)].map(line);
  return [`${machineOf(result)} ${new Date().toISOString().slice(0, 10)}.`, '', ...rows].join('\n');
}

const machineOf = ({
  machine: { cpu, cores, node, platform, engine },
  versions: { txsim, tfjs },
}: BenchResult) =>
  `${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${platform}, Node ${node}; ${engine}; txsim ${txsim}, tfjs ${tfjs}.`;

function cellsOf(row: Row): string[] {
  const { name, unit, value, median, low, high, baseline, against, ratio, ratioLow, ratioHigh } = row;
  return [
    name,
    `${digits(value)} ${unit}`,
    `${digits(median)} (${digits(low)}–${digits(high)})`,
    baseline === undefined ? '' : `${digits(baseline)}, ${against}`,
    ratio === undefined ? '' : `${digits(ratio)} (${digits(ratioLow!)}–${digits(ratioHigh!)})`,
  ];
}

/** Three significant digits, without an exponent. */
export function digits(value: number): string {
  const whole = value === 0 ? 1 : Math.floor(Math.log10(Math.abs(value))) + 1;
  return value.toFixed(Math.max(0, 3 - whole));
}
