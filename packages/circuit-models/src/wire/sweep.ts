import type { LineLadders } from './line-ladders.js';

/** What a sweep may be given besides. */
export interface SweepExtras {
  /** [M·N] receives the bit-line node voltages that belong to `u`. */
  readonly bit?: Float64Array;
  /** [M·N] amperes that each cell carries from its word line to its bit line besides G (u − v). */
  readonly sources?: Float64Array;
}

/**
 * One plain sweep of the fixed point u = r V + T_r G T_c G u: the bit lines are solved for given word-line voltages,
 * then the word lines for the bit-line voltages found. Each line is solved exactly by elimination from its open end.
 *
 * @param drive [M] volts on the word lines
 * @param u [M·N] word-line node voltages to start from
 * @param swept [M·N] receives those of the sweep; must not be `u`
 */
export function sweep(
  ladders: LineLadders,
  drive: Float64Array,
  u: Float64Array,
  swept: Float64Array,
  { bit, sources }: SweepExtras = {},
) {
  const { rows, columns } = ladders.crossbar;
  eliminateColumns(ladders, u, swept, sources);
  const v = new Float64Array(columns);
  for (let i = rows - 1; i >= 0; i--) {
    substituteColumns(ladders, i, swept, v);
    bit?.set(v, i * columns);
    solveRow(ladders, i, drive[i]!, v, swept, sources);
  }
}

/** Norton currents of the bit lines, from the open end down: J_i = t_i J_(i−1) + G_i u_i. */
function eliminateColumns(
  { crossbar, columnTransfer }: LineLadders,
  u: Float64Array,
  norton: Float64Array,
  sources?: Float64Array,
) {
  const { columns, conductances } = crossbar;
  for (let k = 0; k < u.length; k++) {
    const above = k < columns ? 0 : columnTransfer[k]! * norton[k - columns]!;
    norton[k] = above + conductances[k]! * u[k]! + (sources ? sources[k]! : 0);
  }
}

/** Bit-line voltages of row i from those of row i+1, in place. */
function substituteColumns(ladders: LineLadders, i: number, norton: Float64Array, v: Float64Array) {
  const { crossbar, columnEnd, columnTransfer, columnProfile } = ladders;
  const { rows, columns, network } = crossbar;
  const row = i * columns;
  if (i === rows - 1) {
    for (let j = 0; j < columns; j++) v[j] = columnEnd * columnProfile[row + j]! * norton[row + j]!;
    return;
  }
  const below = row + columns;
  for (let j = 0; j < columns; j++) {
    v[j] = (v[j]! + network.column * norton[row + j]!) * columnTransfer[below + j]!;
  }
}

/** Word-line voltages of row i for its bit-line voltages: Norton currents from the open end, then back. */
function solveRow(
  ladders: LineLadders,
  i: number,
  volts: number,
  v: Float64Array,
  nodes: Float64Array,
  sources?: Float64Array,
) {
  const { crossbar, rowEnd, rowTransfer, rowProfile } = ladders;
  const { columns, conductances, network } = crossbar;
  const first = i * columns;
  let norton = 0;
  for (let j = columns - 1, k = first + j; j >= 0; j--, k--) {
    norton = norton * rowTransfer[k]! + conductances[k]! * v[j]! - (sources ? sources[k]! : 0);
    nodes[k] = norton;
  }
  let node = (volts + rowEnd * norton) * rowProfile[first]!;
  const last = first + columns - 1;
  for (let k = first; k < last; k++) {
    const ahead = nodes[k + 1]!;
    nodes[k] = node;
    node = (node + network.row * ahead) * rowTransfer[k]!;
  }
  nodes[last] = node;
}

/** The currents [N] that leave the bit lines for word-line voltages u: I_j = Σ_i c_ij G_ij u_ij, amperes. */
export function columnCurrents({ crossbar, columnTransfer, columnProfile }: LineLadders, u: Float64Array) {
  const { rows, columns, conductances } = crossbar;
  const currents = new Float64Array(columns);
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, k++) {
      currents[j] = columnTransfer[k]! * currents[j]! + conductances[k]! * u[k]!;
    }
  }
  for (let j = 0; j < columns; j++) currents[j]! *= columnProfile[(rows - 1) * columns + j]!;
  return currents;
}
