import type { TopLevelSpec } from 'vega-lite';
import { prefixed } from '../output/quantity.js';
import { type CellMap, rangeOf } from './maps.js';

type View = Extract<TopLevelSpec, { hconcat: unknown }>['hconcat'][number];

/** More cells than this per side are averaged in blocks: a picture has no more room. */
export const MOST_CELLS = 128;
const SIDE = 384;
const LARGEST_CELL = 48;

/** How many cells, per side, a block of the picture stands for. */
export const blockOf = (rows: number, columns: number): number =>
  Math.ceil(Math.max(rows, columns) / MOST_CELLS);

/** A map of the cells as the circuit is drawn: word line 0 at the top, bit line 0 at the left. */
export function heatMap(map: CellMap): View {
  const [rows, columns] = [map.values.length, map.values[0]!.length];
  const block = blockOf(rows, columns);
  const { least, most } = rangeOf(map) ?? { least: 0, most: 0 };
  const { factor, symbol } = prefixed(Math.max(Math.abs(least), Math.abs(most)), map.unit);
  // Whole pixels leave no seams between the cells.
  const pixels = (cells: number) => Math.max(1, Math.floor(Math.min(SIDE / cells, LARGEST_CELL)));
  const scale = colours(least / factor, most / factor, map.fromZero);
  const pixel = pixels(Math.max(rows, columns) / block);
  return {
    title: { text: map.title, fontSize: 13, fontWeight: 'normal' },
    width: Math.max(40, (columns / block) * pixel),
    height: Math.max(40, (rows / block) * pixel),
    data: { values: blocks(map.values, block, factor) },
    mark: { type: 'rect', aria: false },
    encoding: {
      x: { field: 'left', type: 'quantitative', ...lines('bit line', columns) },
      x2: { field: 'right' },
      y: { field: 'top', type: 'quantitative', ...lines('word line', rows, true) },
      y2: { field: 'bottom' },
      color: {
        field: 'value',
        type: 'quantitative',
        scale,
        legend: { title: `${map.quantity}, ${symbol}`, gradientLength: 160, ...numbers(scale.domain) },
      },
    },
  };
}

/** An axis of lines counted from 0; a line is as wide as 1 and its number stands in the middle. */
function lines(title: string, count: number, reverse = false) {
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(count / 8)));
  const values = Array.from({ length: Math.ceil(count / step) }, (_, k) => k * step);
  return {
    title,
    scale: { domain: [-0.5, count - 0.5], nice: false, zero: false, reverse },
    axis: { values, format: '.0f', grid: false },
  };
}

/** Two hues around zero where both signs occur, else one range of colours that order themselves by lightness. */
function colours(least: number, most: number, fromZero: boolean) {
  if (least < 0 && most > 0) {
    const size = Math.max(-least, most);
    const range = ['#D55E00', '#ffffff', '#0072B2'];
    // Otherwise vega-lite mixes hues, and small values of both signs turn yellow and cyan.
    return { domain: [-size, 0, size], range, interpolate: 'rgb' as const, nice: false };
  }
  const [low, high] = fromZero || least === most ? [Math.min(0, least), Math.max(0, most)] : [least, most];
  return { domain: [low, low === high ? 1 : high], scheme: 'viridis' as const, nice: false, zero: false };
}

/** Five numbers evenly over the colours, with as many digits as tell them apart. */
function numbers(domain: readonly number[]) {
  const [low, high] = [domain[0]!, domain.at(-1)!];
  const values = [0, 1, 2, 3, 4].map((k) => low + ((high - low) * k) / 4);
  const digits = 2 + Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / (high - low)));
  return { values, format: `.${Math.min(15, Math.max(3, digits))}~r` };
}

/** Means over square blocks of cells, without those that have no value. */
function blocks(values: CellMap['values'], size: number, factor: number) {
  const [rows, columns] = [values.length, values[0]!.length];
  const cells: object[] = [];
  for (let i = 0; i < rows; i += size) {
    for (let j = 0; j < columns; j += size) {
      const inside = values
        .slice(i, i + size)
        .flatMap((row) => row.slice(j, j + size))
        .filter((value) => !Number.isNaN(value));
      if (inside.length === 0) continue;
      const value = inside.reduce((a, b) => a + b, 0) / inside.length / factor;
      const [bottom, right] = [Math.min(rows, i + size) - 0.5, Math.min(columns, j + size) - 0.5];
      cells.push({ top: i - 0.5, bottom, left: j - 0.5, right, value });
    }
  }
  return cells;
}
