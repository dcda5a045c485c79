import type { TileGrid } from '@txsim/ops';
import type { Heap } from '../heap.js';
import type { Lines, TileLines } from './lines.js';

/** Bytes that `multiplyTile` needs to itself. */
const SPARE = 160;

/** A matrix in tiles, as products in one direction find it. */
export interface TiledMatrix {
  readonly g: number;
  readonly grid: TileGrid;
  readonly lines: Lines;
  readonly forward: boolean;
}

/**
 * The tiles of a matrix, packed for products in one direction; the heap's area `name` until the kernel returns. Where each
 * tile is used once, one is packed at a time; else all are, before the first product.
 */
export class PackedTiles {
  readonly #heap: Heap;
  readonly #matrix: TiledMatrix;
  readonly #once: boolean;
  readonly #spare: number;
  readonly #tileBytes: number;

  constructor(heap: Heap, matrix: TiledMatrix, name: string, once: boolean) {
    const { drivenLength, sensedLength, tiles } = matrix.lines;
    this.#heap = heap;
    this.#matrix = matrix;
    this.#once = once;
    this.#tileBytes = 32 * drivenLength * Math.ceil(sensedLength / 8);
    this.#spare = heap.scratch(SPARE + this.#tileBytes * (once ? 1 : tiles.length), name);
    if (!once) for (const tile of tiles) this.#pack(tile);
  }

  /** out[b, sensed lines] = V[b, driven lines] · G for one tile; `lines` are vectors of the whole matrix. */
  multiply(tile: TileLines, batch: number, lines: number, out: number): void {
    const { inputs, sensedLength } = this.#matrix.lines;
    const { from, count } = tile.driven;
    if (batch === 1 && this.#once && this.#matrix.forward) {
      const stride = 4 * this.#matrix.grid.columns;
      this.#heap.kernels.multiplyVector(
        count,
        sensedLength,
        lines + 4 * from,
        this.#place(tile),
        stride,
        out,
      );
      return;
    }
    if (this.#once) this.#pack(tile);
    this.#heap.kernels.multiplyTile(batch, count, sensedLength, lines + 4 * from, 4 * inputs, this.#at(tile), out, 4 * sensedLength, this.#spare); // prettier-ignore
  }

  #pack(tile: TileLines): void {
    const { grid, lines, forward } = this.#matrix;
    const [from, to] = [this.#place(tile), this.#at(tile)];
    this.#heap.kernels.packTile(tile.driven.count, lines.sensedLength, from, 4 * grid.columns, +!forward, to);
  }

  /** Where the tile lies, from its first driven line on. */
  #place(tile: TileLines): number {
    const { g, grid, forward } = this.#matrix;
    const skipped = forward ? tile.driven.skip * grid.columns : 0;
    return g + 4 * (tile.index * grid.rows * grid.columns + skipped);
  }

  #at({ index }: TileLines): number {
    return this.#spare + SPARE + (this.#once ? 0 : this.#tileBytes * index);
  }
}
