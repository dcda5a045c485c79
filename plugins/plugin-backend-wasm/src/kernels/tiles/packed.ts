import type { TileGrid } from '@txsim/ops';
import type { Heap } from '../heap.js';
import type { Lines, TileLines } from './lines.js';

/** Bytes that `multiplyTile` needs to itself. */
const SPARE = 160;

/** The tiles of a matrix, packed for products in one direction; the heap's area `name` until the kernel returns. */
export class PackedTiles {
  readonly #heap: Heap;
  readonly #lines: Lines;
  readonly #spare: number;
  readonly #tileBytes: number;

  constructor(heap: Heap, g: number, grid: TileGrid, lines: Lines, forward: boolean, name: string) {
    const { drivenLength, sensedLength, tiles } = lines;
    this.#heap = heap;
    this.#lines = lines;
    this.#tileBytes = 32 * drivenLength * Math.ceil(sensedLength / 8);
    this.#spare = heap.scratch(SPARE + this.#tileBytes * tiles.length, name);
    for (const tile of tiles) {
      const skipped = forward ? tile.driven.skip * grid.columns : 0;
      const from = g + 4 * (tile.index * grid.rows * grid.columns + skipped);
      heap.kernels.packTile(
        tile.driven.count,
        sensedLength,
        from,
        4 * grid.columns,
        +!forward,
        this.#at(tile),
      );
    }
  }

  /** out[b, sensed lines] = V[b, driven lines] · G for one tile; `lines` are vectors of the whole matrix. */
  multiply(tile: TileLines, batch: number, lines: number, out: number): void {
    const { inputs, sensedLength } = this.#lines;
    const { from, count } = tile.driven;
    this.#heap.kernels.multiplyTile(batch, count, sensedLength, lines + 4 * from, 4 * inputs, this.#at(tile), out, 4 * sensedLength, this.#spare); // prettier-ignore
  }

  #at({ index }: TileLines): number {
    return this.#spare + SPARE + this.#tileBytes * index;
  }
}
