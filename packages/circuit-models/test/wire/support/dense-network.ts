import type { WireNetwork } from '../../../src/wire/index.js';

export type Driven = 'wordLines' | 'bitLines';

/**
 * The circuit of `network.ts` written down element by element and solved by Gaussian elimination with pivoting: the
 * unknowns are all node voltages and all segment currents, so that segments of 0 Ω need no special case. It shares
 * nothing with the solvers under test; meant for some 12 × 12 cells.
 */
export function denseCurrents(
  conductances: number[][],
  network: WireNetwork,
  voltages: number[][],
  driven: Driven = 'wordLines',
): number[][] {
  return denseSolution(conductances, network, voltages, driven).currents;
}

/**
 * The same with sources: amperes that each cell carries besides its conductance's. Also the voltage over each cell for
 * each vector, [K][M][N].
 */
export function denseSolution(
  conductances: number[][],
  network: WireNetwork,
  voltages: number[][],
  driven: Driven = 'wordLines',
  sources?: number[][],
) {
  const [M, N] = [conductances.length, conductances[0]!.length];
  const cells = M * N;
  const wordNode = (i: number, j: number) => i * N + j;
  const bitNode = (i: number, j: number) => cells + i * N + j;
  /** Current from the terminal's side of a word line into node (i, j), and out of (i, j) to a bit line's terminal. */
  const wordSegment = (i: number, j: number) => 2 * cells + i * N + j;
  const bitSegment = (i: number, j: number) => 3 * cells + i * N + j;
  const matrix = Array.from({ length: 4 * cells }, () => new Float64Array(4 * cells));
  const right = Array.from({ length: 4 * cells }, () => new Float64Array(voltages.length));
  for (let i = 0; i < M; i++) {
    for (let j = 0; j < N; j++) {
      const g = conductances[i]![j]!;
      const [u, v, a, b] = [wordNode(i, j), bitNode(i, j), wordSegment(i, j), bitSegment(i, j)];
      const word = matrix[u]!; // Kirchhoff at the word-line node: in = onwards + through the cell
      word[a]! += 1;
      if (j + 1 < N) word[wordSegment(i, j + 1)]! -= 1;
      word[u]! -= g;
      word[v]! += g;
      const carried = sources ? sources[i]![j]! : 0;
      right[u]!.fill(carried);
      right[v]!.fill(-carried);
      const bit = matrix[v]!; // and at the bit-line node
      bit[b]! -= 1;
      if (i > 0) bit[bitSegment(i - 1, j)]! += 1;
      bit[u]! += g;
      bit[v]! -= g;
      const along = matrix[a]!; // Ohm on the row segment: V_before − u = R I
      along[u]! += 1;
      along[a]! += network.row + (j === 0 ? network.source : 0);
      if (j > 0) along[wordNode(i, j - 1)]! -= 1;
      else if (driven === 'wordLines') voltages.forEach((vector, k) => (right[a]![k] = vector[i]!));
      const down = matrix[b]!; // Ohm on the column segment: v − V_behind = R I
      down[v]! += 1;
      down[b]! -= network.column + (i === M - 1 ? network.sink : 0);
      if (i < M - 1) down[bitNode(i + 1, j)]! -= 1;
      else if (driven === 'bitLines') voltages.forEach((vector, k) => (right[b]![k] = vector[j]!));
    }
  }
  eliminate(matrix, right);
  const currents = voltages.map((_, k) =>
    driven === 'wordLines'
      ? Array.from({ length: N }, (_, j) => right[bitSegment(M - 1, j)]![k]!)
      : Array.from({ length: M }, (_, i) => -right[wordSegment(i, 0)]![k]!),
  );
  const drops = voltages.map((_, k) =>
    conductances.map((row, i) => row.map((_, j) => right[wordNode(i, j)]![k]! - right[bitNode(i, j)]![k]!)),
  );
  return { currents, drops };
}

/** Gauss–Jordan with row pivoting; the solution replaces `right`. */
function eliminate(matrix: Float64Array[], right: Float64Array[]) {
  const size = matrix.length;
  for (let p = 0; p < size; p++) {
    let pivot = p;
    for (let q = p + 1; q < size; q++) if (Math.abs(matrix[q]![p]!) > Math.abs(matrix[pivot]![p]!)) pivot = q;
    [matrix[p], matrix[pivot]] = [matrix[pivot]!, matrix[p]!];
    [right[p], right[pivot]] = [right[pivot]!, right[p]!];
    for (let q = p + 1; q < size; q++) subtract(matrix[p]!, matrix[q]!, right[p]!, right[q]!, p);
  }
  for (let p = size - 1; p >= 0; p--) {
    right[p] = right[p]!.map((value) => value / matrix[p]![p]!);
    for (let q = 0; q < p; q++) {
      const factor = matrix[q]![p]!;
      if (factor !== 0) right[p]!.forEach((value, k) => (right[q]![k]! -= factor * value));
    }
  }
}

function subtract(
  from: Float64Array,
  row: Float64Array,
  fromRight: Float64Array,
  right: Float64Array,
  p: number,
) {
  const factor = row[p]! / from[p]!;
  if (factor === 0) return;
  for (let c = p; c < row.length; c++) row[c]! -= factor * from[c]!;
  for (let k = 0; k < right.length; k++) right[k]! -= factor * fromRight[k]!;
}
