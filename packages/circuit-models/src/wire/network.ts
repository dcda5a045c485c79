import type { CellCurve } from './cell-curve.js';

/**
 * The circuit of a crossbar with wires, and the convention that every solver of this folder follows.
 *
 *     V_i ──source──row──●(i,0)──row──●(i,1)── … ──row──●(i,N−1)  open end          word line i
 *
 *     open end  ●(0,j)──column──●(1,j)── … ──●(M−1,j)──column──sink── virtual ground   bit line j
 *
 * The cell (i, j) is a conductance between the two nodes of that name. A word line has N segments and a bit line M:
 * the first row segment and the last column segment exist, so `source + row` ohms lie in front of a word line's first
 * cell and `column + sink` ohms behind a bit line's last. `source` belongs to the word-line terminal and `sink` to the
 * bit-line terminal, whichever of the two is driven: backward, the voltages are applied behind `sink` and the currents
 * leave through `source`.
 */
export interface WireNetwork extends Terminations {
  /** One segment of a word line, between neighbouring columns; ohms, ≥ 0. */
  readonly row: number;
  /** One segment of a bit line, between neighbouring rows; ohms, ≥ 0. */
  readonly column: number;
}

/** What stands between the wires and the ideal voltages (driver or virtual ground) at their terminals. */
export interface Terminations {
  /** At the terminal of each word line; ohms, ≥ 0. */
  readonly source: number;
  /** At the terminal of each bit line; ohms, ≥ 0. */
  readonly sink: number;
}

/** Rows of numbers: plain arrays or typed arrays. */
export type Matrix = readonly ArrayLike<number>[];

/** An array, its wires and the voltages on its lines; what `parseCrossbarProblem` makes of a file. */
export interface CrossbarProblem extends Terminations {
  /** [M][N] in siemens, ≥ 0; 0 is an open cell. */
  readonly conductances: Matrix;
  /** [K][M] in volts (backward: [K][N]); each of the K vectors is solved on its own. */
  readonly voltages: Matrix;
  /** Ohms per segment of the word lines and of the bit lines. */
  readonly wire: { readonly row: number; readonly column: number };
  /** The curve of the cells, I = G f(V); linear, I = G V, unless given. */
  readonly iv?: CellCurve;
}

/** Ideal wires and terminals: I = V · G. */
export const idealNetwork: WireNetwork = Object.freeze({ row: 0, column: 0, source: 0, sink: 0 });

/** The network of a problem, with other terminations where they are given. */
export function networkOf(problem: CrossbarProblem, terminations: Partial<Terminations> = {}): WireNetwork {
  const { source = problem.source, sink = problem.sink } = terminations;
  return { row: problem.wire.row, column: problem.wire.column, source, sink };
}

/** Whether nothing in the network resists. */
export function isIdeal(network: WireNetwork): boolean {
  return network.row === 0 && network.column === 0 && network.source === 0 && network.sink === 0;
}
