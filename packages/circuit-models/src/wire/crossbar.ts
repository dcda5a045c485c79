import type { Matrix, WireNetwork } from './network.js';

/** An array as the solvers read it: conductances row by row in one Float64Array, and the network around them. */
export interface Crossbar {
  /** Driven lines, M. */
  readonly rows: number;
  /** Sensed lines, N. */
  readonly columns: number;
  /** [M·N] in siemens, row by row. */
  readonly conductances: Float64Array;
  readonly network: WireNetwork;
}

/** The conductances [M][N] and the network as a `Crossbar`. */
export function crossbarOf(conductances: Matrix, network: WireNetwork): Crossbar {
  const rows = conductances.length;
  const columns = conductances[0]?.length ?? 0;
  const flat = new Float64Array(rows * columns);
  conductances.forEach((line, i) => flat.set(line, i * columns));
  return { rows, columns, conductances: flat, network };
}

/**
 * The same circuit with its bit lines driven and its word lines sensed, written in the forward convention.
 *
 * Every line keeps its ends: bit lines are held behind row M−1 and word lines in front of column 0, hence both scans
 * run backwards, G'[N−1−j][M−1−i] = G[i][j], and the roles of the resistances are exchanged.
 */
export function drivenFromColumns({ rows, columns, conductances, network }: Crossbar): Crossbar {
  const turned = new Float64Array(conductances.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      turned[(columns - 1 - j) * rows + rows - 1 - i] = conductances[i * columns + j]!;
    }
  }
  const { row, column, source, sink } = network;
  const exchanged: WireNetwork = { row: column, column: row, source: sink, sink: source };
  return { rows: columns, columns: rows, conductances: turned, network: exchanged };
}

/** Flat [M·N] as M rows of N. */
export function asRows(flat: Float64Array, columns: number): number[][] {
  const rows = columns === 0 ? 0 : flat.length / columns;
  return Array.from({ length: rows }, (_, i) => Array.from(flat.subarray(i * columns, (i + 1) * columns)));
}
