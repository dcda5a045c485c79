import type { TileGrid } from '@txsim/ops';
import type { Heap } from '../heap.js';

/** Bytes of a group of 8 lines, as `assembly/pulses/slots.ts` lays them out. */
const GROUP = 33 * 32;

/** Bytes of the samples of one line, or of a group of lines. */
const LINE = 128;

/** Samples of a batch that lie in one block of 32. */
export interface Stretch {
  /** The first of them in the batch, and among the 32. */
  readonly start: number;
  readonly place: number;
  readonly count: number;
}

/** A batch cut at the borders of blocks of 32 samples. */
export function stretches(firstSample: number, batch: number): Stretch[] {
  const found: Stretch[] = [];
  for (let start = 0; start < batch;) {
    const place = (firstSample + start) % 32;
    const count = Math.min(32 - place, batch - start);
    found.push({ start, place, count });
    start += count;
  }
  return found;
}

/**
 * The trains of a stretch, slot by slot: `rows` of all inputs, and of each tile column on its own; and sample by sample,
 * so that what never meets is soon found, `lines` of all inputs and what the groups of a tile column have together.
 */
export class TurnedTrains {
  readonly rows: number;
  readonly lines: number;
  readonly groups: number;
  /** Of the present stretch. */
  samples = 0;
  readonly #columns: number;
  readonly #joined: number;

  constructor(
    readonly heap: Heap,
    readonly grid: TileGrid,
  ) {
    const { inputs, columns, tileColumns } = grid;
    this.groups = Math.ceil(columns / 8);
    this.rows = heap.scratch(GROUP * Math.ceil(inputs / 8), 'rows');
    this.lines = heap.scratch(LINE * inputs, 'lines');
    this.#columns = heap.scratch(GROUP * this.groups * tileColumns, 'columns');
    this.#joined = heap.scratch(LINE * this.groups * tileColumns, 'joined');
  }

  /** @param x, d pointers to the batch's trains */
  turn(x: number, d: number, { start, place, count }: Stretch): void {
    const { inputs, outputs, columns, tileColumns } = this.grid;
    const { turnTrains, partLines, joinLines } = this.heap.kernels;
    this.samples = count;
    const rows = x + 4 * start * inputs;
    turnTrains(Math.ceil(inputs / 8), inputs, count, place, rows, 4 * inputs, this.rows);
    partLines(inputs, count, rows, 4 * inputs, this.lines);
    for (let c = 0; c < tileColumns; c++) {
      const used = Math.max(0, Math.min(columns, outputs - c * columns));
      const from = d + 4 * (start * outputs + c * columns);
      turnTrains(this.groups, used, count, place, from, 4 * outputs, this.column(c));
      joinLines(this.groups, used, count, from, 4 * outputs, this.joined(c));
    }
  }

  joined(tileColumn: number): number {
    return this.#joined + LINE * this.groups * tileColumn;
  }

  column(tileColumn: number): number {
    return this.#columns + GROUP * this.groups * tileColumn;
  }
}
