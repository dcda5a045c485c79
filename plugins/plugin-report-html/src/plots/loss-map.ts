import type { MatrixSnapshot } from '@txsim/core';
import { COLOURS, type Plot } from './render.js';

/** More cells than this per side are averaged in blocks: the picture stays small. */
const MOST_CELLS = 64;
const SIDE = 320;

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly rowEnd: number;
  readonly columnEnd: number;
  readonly loss: number;
}

/** What part of each cell's conductance a tile loses: 1 − Geff/G, in %. Undefined where none is lost. */
export function lossMapPlot(
  name: string,
  snapshot: MatrixSnapshot,
  when: 'before' | 'after',
): Plot | undefined {
  const { rows, columns } = snapshot.loss;
  const block = Math.ceil(Math.max(rows, columns) / MOST_CELLS);
  const cells = blocks(snapshot, block);
  const losses = cells.map((c) => c.loss);
  if (losses.every((loss) => loss === 0)) return undefined;
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  const pixel = SIDE / Math.max(rows, columns);
  return {
    name,
    title: `${snapshot.name}: conductance lost in one tile`,
    description: describe(losses, when),
    ...(block > 1 ? { note: `Each cell is the mean of ${block} × ${block} devices.` } : {}),
    spec: {
      width: Math.max(40, columns * pixel),
      height: Math.max(40, rows * pixel),
      data: { values: cells },
      // The mark's own labels would outweigh the picture; the plot as a whole has one.
      mark: { type: 'rect', aria: false },
      encoding: {
        x: { field: 'column', type: 'quantitative', title: 'column', scale: { domain: [0, columns], nice: false }, axis: wholeNumbers }, // prettier-ignore
        x2: { field: 'columnEnd' },
        y: { field: 'row', type: 'quantitative', title: 'row', scale: { domain: [0, rows], nice: false, reverse: true }, axis: wholeNumbers }, // prettier-ignore
        y2: { field: 'rowEnd' },
        color: {
          field: 'loss',
          type: 'quantitative',
          scale: colourScale(least, most),
          legend: { title: '1 − Geff/G, %', orient: 'right', gradientLength: 160, format: '.3~g' },
        },
      },
    },
  };
}

const wholeNumbers = { grid: false, tickMinStep: 1, format: 'd', tickCount: 5 };

/** One hue from none to most; two hues around zero where some cells conduct more than they hold. */
function colourScale(least: number, most: number) {
  const size = Math.max(Math.abs(least), Math.abs(most));
  if (least >= 0) return { domain: [0, size], range: ['#f7fbff', '#6baed6', '#08306b'], nice: false };
  return {
    domain: [-size, 0, size],
    range: [COLOURS.vermilion, '#ffffff', COLOURS.blue],
    interpolate: 'rgb' as const,
    nice: false,
  };
}

/** Means over square blocks of cells. Cells that are not finite (no conductance, no share of it) are left out. */
function blocks({ loss: { rows, columns, values } }: MatrixSnapshot, size: number): Cell[] {
  const cells: Cell[] = [];
  for (let row = 0; row < rows; row += size) {
    for (let column = 0; column < columns; column += size) {
      const [rowEnd, columnEnd] = [Math.min(rows, row + size), Math.min(columns, column + size)];
      const inside: number[] = [];
      for (let r = row; r < rowEnd; r++)
        inside.push(...values.slice(r * columns + column, r * columns + columnEnd));
      const finite = inside.filter((v) => Number.isFinite(v));
      if (finite.length === 0) continue;
      const mean = finite.reduce((a, b) => a + b, 0) / finite.length;
      cells.push({ row, column, rowEnd, columnEnd, loss: mean * 100 });
    }
  }
  return cells;
}

function describe(losses: readonly number[], when: 'before' | 'after'): string {
  const mean = losses.reduce((a, b) => a + b, 0) / losses.length;
  const text = (loss: number): string => `${Number(loss.toPrecision(3))} %`;
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  return `${when === 'after' ? 'After' : 'Before'} training; ${text(mean)} in the mean, ${text(least)} to ${text(most)}.`;
}
