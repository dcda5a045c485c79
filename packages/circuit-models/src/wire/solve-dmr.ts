import type { Crossbar } from './crossbar.js';
import { firstOrderLine } from './first-order-line.js';

/**
 * The DMR model: every word line and every bit line as the average one, to first order in its own load:
 * Geff = diag(a) G diag(b), with the means g̅_i of the rows and g̅_j of the columns of G,
 *
 *     a_i = (1 + column Σ_(k<i) (i − k) g̅_k) / (1 + Σ_k (column (M − k) + sink) g̅_k)
 *     b_j = (1 + row Σ_(k>j) (k − j) g̅_k) / (1 + Σ_k (row (k + 1) + source) g̅_k)
 *
 * Source: IEEE 9184938, which has one resistance per segment and no terminals, and draws the array with the supply at
 * the far row. Its numbers come out with a_i as the factor of the bit lines of `network.ts`, which end behind row M−1,
 * and b_j as that of the word lines; terminals are our extension. For comparison: neither the differences between
 * lines nor sneak paths are in it.
 *
 * @returns [M·N] siemens
 */
export function dmr({ rows, columns, conductances, network }: Crossbar): Float64Array {
  const { rowMeans, columnMeans } = means(rows, columns, conductances);
  const a = firstOrderLine(rowMeans.reverse(), network.column, network.sink).reverse();
  const b = firstOrderLine(columnMeans, network.row, network.source);
  const effective = new Float64Array(conductances.length);
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, k++) effective[k] = a[i]! * conductances[k]! * b[j]!;
  }
  return effective;
}

function means(rows: number, columns: number, conductances: Float64Array) {
  const rowMeans = new Float64Array(rows);
  const columnMeans = new Float64Array(columns);
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, k++) {
      rowMeans[i]! += conductances[k]! / columns;
      columnMeans[j]! += conductances[k]! / rows;
    }
  }
  return { rowMeans, columnMeans };
}
