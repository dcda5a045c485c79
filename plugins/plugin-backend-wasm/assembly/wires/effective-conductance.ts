import { rankFour } from './rank-four';
import { rankOne } from './rank-one';

/**
 * Geff of independent arrays [m, n]: `effectiveConductance` (rank 1) and `rankFourConductance` (rank 4) of @txsim/ops.
 *
 * Arrays whose sizes are not multiples of four are copied to the middle of a larger one: lines without conductance at
 * the far ends (before row 0, behind column n − 1) change nothing.
 *
 * @param workspace 4 · (3·M·N + 2·M + 105·N + 256) bytes, M and N being m and n rounded up to multiples of four
 */
export function effectiveConductance(
  rank: i32,
  arrays: i32,
  m: i32,
  n: i32,
  g: usize,
  row: f32,
  column: f32,
  rowEnd: f32,
  columnEnd: f32,
  out: usize,
  workspace: usize,
): void {
  const M = (m + 3) & ~3;
  const N = (n + 3) & ~3;
  const ragged = M != m || N != n;
  const copy = workspace;
  const result = copy + 4 * M * N;
  const rest = ragged ? result + 4 * M * N : workspace;
  const inside = 4 * (M - m) * N;
  if (ragged) memory.fill(copy, 0, 4 * M * N);
  for (; arrays > 0; arrays--) {
    if (ragged) copyRows(m, n, g, 4 * n, copy + inside, 4 * N);
    const from = ragged ? copy : g;
    const to = ragged ? result : out;
    if (rank == 1) rankOne(M, N, from, row, column, rowEnd, columnEnd, to, rest);
    else rankFour(M, N, M - m, N - n, from, row, column, rowEnd, columnEnd, to, rest);
    if (ragged) copyRows(m, n, result + inside, 4 * N, out, 4 * n);
    g += 4 * m * n;
    out += 4 * m * n;
  }
}

function copyRows(m: i32, n: i32, from: usize, fromStride: usize, to: usize, toStride: usize): void {
  for (; m > 0; m--) {
    memory.copy(to, from, 4 * n);
    from += fromStride;
    to += toStride;
  }
}
