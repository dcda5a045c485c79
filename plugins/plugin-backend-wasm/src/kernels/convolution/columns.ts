import { WORKSPACE } from '../matrix-product.js';
import type { Heap } from '../heap.js';
import { fieldsOf, GEOMETRY_BYTES, type Geometry } from './geometry.js';

/** Bytes of columns at a time: they stay in the second-level cache. */
const CACHED = 2 ** 20;

/** A piece of fewer rows spends too much of its time on packing the filter: it may have up to LIMIT bytes. */
const FEW = 240;
const LIMIT = 4 * CACHED;

/** Rows of `depth` columns that exist at a time. */
function together(depth: number): number {
  const within = (bytes: number): number => Math.floor(bytes / (4 * depth));
  return Math.max(1, within(CACHED), Math.min(FEW, within(LIMIT)));
}

/** Rows first … first + count − 1 of the columns. */
export interface Piece {
  readonly first: number;
  readonly count: number;
}

/** Rows of the columns: the places of the window. */
export const rowsOf = (g: Geometry): number => g.batch * g.outHeight * g.outWidth;

/** Columns of the columns: what one window sees. */
export const depthOf = (g: Geometry): number => g.kernelHeight * g.kernelWidth * g.channels;

/** Whether the input is, as it lies in memory, its own matrix of columns. */
function isUnfolded(g: Geometry): boolean {
  const pointwise = g.kernelHeight * g.kernelWidth * g.strideHeight * g.strideWidth === 1;
  return pointwise && g.padTop + g.padLeft === 0 && g.outHeight === g.height && g.outWidth === g.width;
}

/**
 * The matrix [rows, depth] whose rows are what the window sees, of which only a piece exists at a time. It holds the
 * heap's scratch memory until the kernel returns.
 */
export class Columns {
  readonly depth: number;
  /** For `gemm`. */
  readonly workspace: number;
  readonly pieces: readonly Piece[];
  readonly #heap: Heap;
  readonly #geometry: number;
  readonly #direct: boolean;
  readonly #spare: number;

  /** @param limit rows of a piece; as many as the cache holds where nothing is said */
  constructor(heap: Heap, geometry: Geometry, limit?: number) {
    const rows = rowsOf(geometry);
    this.#heap = heap;
    this.#direct = isUnfolded(geometry);
    this.depth = depthOf(geometry);
    const most = Math.max(1, Math.min(rows, limit ?? (this.#direct ? rows : together(this.depth))));
    this.pieces = Array.from({ length: Math.max(1, Math.ceil(rows / most)) }, (_, i) => {
      const first = i * most;
      return { first, count: Math.min(most, rows - first) };
    });
    const bytes = this.#direct ? 0 : 4 * most * this.depth;
    this.#geometry = heap.scratch(GEOMETRY_BYTES + WORKSPACE + bytes);
    this.workspace = this.#geometry + GEOMETRY_BYTES;
    this.#spare = this.workspace + WORKSPACE;
    heap.write(this.#geometry, fieldsOf(geometry));
  }

  /** Where the piece of the columns of `x` lies, unfolded. */
  unfolded(x: number, { first, count }: Piece): number {
    if (this.#direct) return x + 4 * first * this.depth;
    this.#heap.kernels.unfold(this.#geometry, x, first, count, this.#spare);
    return this.#spare;
  }

  /** Lets `make` write the piece, and adds it to the pixels of `x`, which the first piece clears. */
  fold(x: number, { first, count }: Piece, make: (to: number) => void): void {
    if (this.#direct) return make(x + 4 * first * this.depth);
    make(this.#spare);
    this.#heap.kernels.fold(this.#geometry, this.#spare, first, count, x);
  }
}
