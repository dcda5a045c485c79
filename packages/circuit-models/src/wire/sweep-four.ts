import type { LineLadders } from './line-ladders.js';

/** Vectors that one sweep of `sweepFour` carries; a value of vector l belongs to index 4 k + l. */
export const lanes = 4;

/** What a sweep of `sweepFour` does besides, while its results are at hand. */
export interface Besides {
  /** [M·N] 1 / w, the weights of the norm in which the change is measured. */
  readonly scales: Float64Array;
  /** [4] receives max |swept − u| / w. */
  readonly changes: Float64Array;
  /** The step of `extrapolate`: [M·N·4] holds the iterate before u and receives the one after it. */
  readonly next: { readonly into: Float64Array; readonly overshoot: number; readonly relaxation: number };
}

/**
 * `sweep` of four vectors at once, which reads the ladders once for all of them and keeps four sums in flight: about a
 * quarter of the time per vector.
 *
 * @param drives [M·4] volts on the word lines
 * @param u [M·N·4] word-line node voltages to start from
 * @param swept [M·N·4] receives those of the sweep; must not be `u`
 */
export function sweepFour(
  ladders: LineLadders,
  drives: Float64Array,
  u: Float64Array,
  swept: Float64Array,
  besides: Besides,
) {
  const { rows, columns } = ladders.crossbar;
  eliminateColumns(ladders, u, swept);
  const v = new Float64Array(columns * lanes);
  besides.changes.fill(0);
  for (let i = rows - 1; i >= 0; i--) {
    substituteColumns(ladders, i, swept, v);
    eliminateRow(ladders, i, v, swept);
    substituteRow(ladders, i, drives, u, swept, besides);
  }
}

/** Norton currents of the bit lines, from the open end down. */
function eliminateColumns({ crossbar, columnTransfer }: LineLadders, u: Float64Array, norton: Float64Array) {
  const { columns, conductances } = crossbar;
  const line = columns * lanes;
  for (let k = 0, at = 0; at < line; k++, at += lanes) {
    const g = conductances[k]!;
    norton[at] = g * u[at]!;
    norton[at + 1] = g * u[at + 1]!;
    norton[at + 2] = g * u[at + 2]!;
    norton[at + 3] = g * u[at + 3]!;
  }
  for (let k = columns, at = line, above = 0; at < u.length; k++, at += lanes, above += lanes) {
    const g = conductances[k]!;
    const t = columnTransfer[k]!;
    norton[at] = t * norton[above]! + g * u[at]!;
    norton[at + 1] = t * norton[above + 1]! + g * u[at + 1]!;
    norton[at + 2] = t * norton[above + 2]! + g * u[at + 2]!;
    norton[at + 3] = t * norton[above + 3]! + g * u[at + 3]!;
  }
}

/** Bit-line voltages of row i from those of row i+1, in place. */
function substituteColumns(ladders: LineLadders, i: number, norton: Float64Array, v: Float64Array) {
  const { crossbar, columnEnd, columnTransfer, columnProfile } = ladders;
  const { rows, columns, network } = crossbar;
  const row = i * columns;
  const last = i === rows - 1;
  const resistance = last ? columnEnd : network.column;
  for (let j = 0, at = row * lanes, k = 0; j < columns; j++, at += lanes, k += lanes) {
    const factor = last ? columnProfile[row + j]! : columnTransfer[row + columns + j]!;
    v[k] = (v[k]! + resistance * norton[at]!) * factor;
    v[k + 1] = (v[k + 1]! + resistance * norton[at + 1]!) * factor;
    v[k + 2] = (v[k + 2]! + resistance * norton[at + 2]!) * factor;
    v[k + 3] = (v[k + 3]! + resistance * norton[at + 3]!) * factor;
  }
}

/** Norton currents of word line i from its open end. */
function eliminateRow(ladders: LineLadders, i: number, v: Float64Array, norton: Float64Array) {
  const { crossbar, rowTransfer } = ladders;
  const { columns, conductances } = crossbar;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let j = columns - 1, k = i * columns + j; j >= 0; j--, k--) {
    const g = conductances[k]!;
    const t = rowTransfer[k]!;
    const from = j * lanes;
    const to = k * lanes;
    a = a * t + g * v[from]!;
    b = b * t + g * v[from + 1]!;
    c = c * t + g * v[from + 2]!;
    d = d * t + g * v[from + 3]!;
    norton[to] = a;
    norton[to + 1] = b;
    norton[to + 2] = c;
    norton[to + 3] = d;
  }
}

/** Voltages of word line i back from its driver, how far they are from u, and the next iterate. */
function substituteRow(
  ladders: LineLadders,
  i: number,
  drives: Float64Array,
  u: Float64Array,
  nodes: Float64Array,
  { scales, changes, next }: Besides,
) {
  const { into, overshoot, relaxation } = next;
  const { crossbar, rowEnd, rowTransfer, rowProfile } = ladders;
  const { columns, network } = crossbar;
  const first = i * columns;
  const profile = rowProfile[first]!;
  const at = first * lanes;
  let a = (drives[i * lanes]! + rowEnd * nodes[at]!) * profile;
  let b = (drives[i * lanes + 1]! + rowEnd * nodes[at + 1]!) * profile;
  let c = (drives[i * lanes + 2]! + rowEnd * nodes[at + 2]!) * profile;
  let d = (drives[i * lanes + 3]! + rowEnd * nodes[at + 3]!) * profile;
  let mostA = changes[0]!;
  let mostB = changes[1]!;
  let mostC = changes[2]!;
  let mostD = changes[3]!;
  for (let j = 0, k = first, at = first * lanes; j < columns; j++, k++, at += lanes) {
    const scale = scales[k]!;
    const fromA = u[at]!;
    const moveA = a - fromA;
    mostA = Math.max(mostA, Math.abs(moveA) * scale);
    const lastA = into[at]!;
    into[at] = lastA + relaxation * (fromA + overshoot * moveA - lastA);
    nodes[at] = a;
    const fromB = u[at + 1]!;
    const moveB = b - fromB;
    mostB = Math.max(mostB, Math.abs(moveB) * scale);
    const lastB = into[at + 1]!;
    into[at + 1] = lastB + relaxation * (fromB + overshoot * moveB - lastB);
    nodes[at + 1] = b;
    const fromC = u[at + 2]!;
    const moveC = c - fromC;
    mostC = Math.max(mostC, Math.abs(moveC) * scale);
    const lastC = into[at + 2]!;
    into[at + 2] = lastC + relaxation * (fromC + overshoot * moveC - lastC);
    nodes[at + 2] = c;
    const fromD = u[at + 3]!;
    const moveD = d - fromD;
    mostD = Math.max(mostD, Math.abs(moveD) * scale);
    const lastD = into[at + 3]!;
    into[at + 3] = lastD + relaxation * (fromD + overshoot * moveD - lastD);
    nodes[at + 3] = d;
    if (j === columns - 1) break;
    const t = rowTransfer[k]!;
    a = (a + network.row * nodes[at + 4]!) * t;
    b = (b + network.row * nodes[at + 5]!) * t;
    c = (c + network.row * nodes[at + 6]!) * t;
    d = (d + network.row * nodes[at + 7]!) * t;
  }
  changes[0] = mostA;
  changes[1] = mostB;
  changes[2] = mostC;
  changes[3] = mostD;
}
