import { closeEnds, openEnds } from './ladder';
import { Sum } from './sum';

/**
 * The ladders of a strip of rows, open behind the last column: u and s of `ladder`, walked from the last column to the
 * first. Blocks of 4 × 4 cells are transposed in registers, so that a vector holds a cell of four rows; the blocks of
 * one column lie below each other, and other rows fill the latency of the recursion. Both sizes are multiples of four.
 *
 * b[i, j] becomes b[i, j] · columnScale[j] · u[i, j] · G[i, j]; scale and current are as `ladder` leaves them.
 *
 * @returns Σ G
 */
export function rowLadders(
  rows: i32,
  n: i32,
  g: usize,
  b: usize,
  columnScale: usize,
  segment: f32,
  end: f32,
  scale: usize,
  current: usize,
): f64 {
  openEnds(rows, scale, current);
  const stride: usize = 4 * n;
  const r = f32x4.splat(segment);
  let total = f32x4.splat(0);
  for (let j: isize = 4 * (n - 4); j >= 0; j -= 16) {
    const c = v128.load(columnScale + j);
    let cell = g + j;
    let to = b + j;
    for (let at: usize = 0; at < 4 * <usize>rows; at += 16) {
      const row0 = v128.load(cell);
      const row1 = v128.load(cell + stride);
      const row2 = v128.load(cell + 2 * stride);
      const row3 = v128.load(cell + 3 * stride);
      total = f32x4.add(total, f32x4.add(f32x4.add(row0, row1), f32x4.add(row2, row3)));
      const left01 = v128.shuffle<i32>(row0, row1, 0, 4, 1, 5);
      const right01 = v128.shuffle<i32>(row0, row1, 2, 6, 3, 7);
      const left23 = v128.shuffle<i32>(row2, row3, 0, 4, 1, 5);
      const right23 = v128.shuffle<i32>(row2, row3, 2, 6, 3, 7);

      let s = v128.load(current + at);
      let u = f32x4.add(v128.load(scale + at), f32x4.mul(s, r));
      const cell3 = f32x4.mul(v128.shuffle<i64>(right01, right23, 1, 3), u);
      s = f32x4.add(s, cell3);
      u = f32x4.add(u, f32x4.mul(s, r));
      const cell2 = f32x4.mul(v128.shuffle<i64>(right01, right23, 0, 2), u);
      s = f32x4.add(s, cell2);
      u = f32x4.add(u, f32x4.mul(s, r));
      const cell1 = f32x4.mul(v128.shuffle<i64>(left01, left23, 1, 3), u);
      s = f32x4.add(s, cell1);
      u = f32x4.add(u, f32x4.mul(s, r));
      const cell0 = f32x4.mul(v128.shuffle<i64>(left01, left23, 0, 2), u);
      s = f32x4.add(s, cell0);
      v128.store(scale + at, u);
      v128.store(current + at, s);

      const upper01 = v128.shuffle<i32>(cell0, cell1, 0, 4, 1, 5);
      const lower01 = v128.shuffle<i32>(cell0, cell1, 2, 6, 3, 7);
      const upper23 = v128.shuffle<i32>(cell2, cell3, 0, 4, 1, 5);
      const lower23 = v128.shuffle<i32>(cell2, cell3, 2, 6, 3, 7);
      multiply(to, c, v128.shuffle<i64>(upper01, upper23, 0, 2));
      multiply(to + stride, c, v128.shuffle<i64>(upper01, upper23, 1, 3));
      multiply(to + 2 * stride, c, v128.shuffle<i64>(lower01, lower23, 0, 2));
      multiply(to + 3 * stride, c, v128.shuffle<i64>(lower01, lower23, 1, 3));
      cell += 4 * stride;
      to += 4 * stride;
    }
  }
  closeEnds(rows, end, scale, current);
  return Sum.lanes(total);
}

function multiply(at: usize, x: v128, y: v128): void {
  v128.store(at, f32x4.mul(f32x4.mul(v128.load(at), x), y));
}
