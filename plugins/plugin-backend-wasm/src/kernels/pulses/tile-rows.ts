import type { Heap } from '../heap.js';

/** Whether rows of a tile are whole groups of 8, so that kernels may work on them where they are. */
export const isWhole = (columns: number): boolean => columns % 8 === 0;

/** Bytes of a tile whose rows are filled up to whole groups. */
export const paddedBytes = (rows: number, columns: number): number => 32 * rows * Math.ceil(columns / 8);

/** Copies a tile's rows between their place and one where they are filled up to whole groups. */
export function copyRows(heap: Heap, rows: number, columns: number, tile: number, padded: number, way: 'in' | 'out'): void {
  const stride = 8 * Math.ceil(columns / 8);
  const words = heap.integers;
  for (let i = 0; i < rows; i++) {
    const [own, wide] = [(tile >> 2) + i * columns, (padded >> 2) + i * stride];
    if (way === 'in') words.copyWithin(wide, own, own + columns);
    else words.copyWithin(own, wide, wide + columns);
  }
} // prettier-ignore
