import type * as tf from '@tensorflow/tfjs';
import type { LineResistances } from './line-profiles.js';

/**
 * The same circuits driven from their bit lines, written as driven from word lines: lines keep their ends, so both scans run
 * backwards. Twice is what was.
 *
 * @param cells [..., M, N]
 * @returns [..., N, M]
 */
export function turned<T extends tf.Tensor>(cells: T): T {
  const { rank } = cells;
  const axes = [...cells.shape.keys()].slice(0, -2);
  return cells.transpose([...axes, rank - 1, rank - 2]).reverse([rank - 2, rank - 1]) as T;
}

/** The resistances of circuits that are `turned`. */
export const exchanged = ({ row, column, rowEnd, columnEnd }: LineResistances): LineResistances => ({
  row: column,
  column: row,
  rowEnd: columnEnd,
  columnEnd: rowEnd,
});
