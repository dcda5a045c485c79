import type { Crossbar } from './crossbar.js';
import { firstOrderLine } from './first-order-line.js';

/**
 * The αβ-matrix model: every line by itself, to first order in its own load, Geff_ij = α_ij G_ij β_ij with
 *
 *     α_ij = (1 + column Σ_(k<i) (i − k) G_kj) / (1 + Σ_k (column (M − k) + sink) G_kj)
 *     β_ij = (1 + row Σ_(k>j) (k − j) G_ik) / (1 + Σ_k (row (k + 1) + source) G_ik)
 *
 * DMR with the lines as they are instead of average ones. Source: IEEE 9691996, as evaluated by A. Lambertini's
 * Crossbar_Models_Comparison (2024) for equal drives, with one resistance per segment and no terminals; those are our
 * extension. For comparison: what is of second order in a line's load and sneak paths are not in it.
 *
 * @returns [M·N] siemens
 */
export function alphaBeta({ rows, columns, conductances, network }: Crossbar): Float64Array {
  const { row, column, source, sink } = network;
  const effective = conductances.slice();
  for (let i = 0; i < rows; i++) {
    const from = i * columns;
    const beta = firstOrderLine(conductances.subarray(from, from + columns), row, source);
    beta.forEach((factor, j) => (effective[from + j]! *= factor));
  }
  for (let j = 0; j < columns; j++) {
    const line = Float64Array.from({ length: rows }, (_, k) => conductances[(rows - 1 - k) * columns + j]!);
    const alpha = firstOrderLine(line, column, sink);
    alpha.forEach((factor, k) => (effective[(rows - 1 - k) * columns + j]! *= factor));
  }
  return effective;
}
