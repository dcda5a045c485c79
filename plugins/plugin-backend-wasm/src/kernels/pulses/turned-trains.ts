import type { TileGrid } from '@txsim/ops';
import type { Heap } from '../heap.js';

/** Bytes of a group of 8 lines, as `assembly/pulses/slots.ts` lays them out. */
const GROUP = 33 * 32;

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

/** The trains of a stretch, slot by slot: `rows` of all inputs, and of each tile column on its own. */
export class TurnedTrains {
  readonly rows: number;
  readonly groups: number;
  readonly #columns: number;

  constructor(
    readonly heap: Heap,
    readonly grid: TileGrid,
  ) {
    const { inputs, columns, tileColumns } = grid;
    this.groups = Math.ceil(columns / 8);
    this.rows = heap.scratch(GROUP * Math.ceil(inputs / 8), 'rows');
    this.#columns = heap.scratch(GROUP * this.groups * tileColumns, 'columns');
  }

  /** @param x, d pointers to the batch's trains */
  turn(x: number, d: number, { start, place, count }: Stretch): void {
    const { inputs, outputs, columns, tileColumns } = this.grid;
    const { turnTrains } = this.heap.kernels;
    turnTrains(Math.ceil(inputs / 8), inputs, count, place, x + 4 * start * inputs, 4 * inputs, this.rows);
    for (let c = 0; c < tileColumns; c++) {
      const used = Math.max(0, Math.min(columns, outputs - c * columns));
      turnTrains(
        this.groups,
        used,
        count,
        place,
        d + 4 * (start * outputs + c * columns),
        4 * outputs,
        this.column(c),
      );
    }
  }

  column(tileColumn: number): number {
    return this.#columns + GROUP * this.groups * tileColumn;
  }
}
