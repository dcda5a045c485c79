import { Sum } from './sum';

/**
 * Rows of B multiplied by their scale. p[i] becomes p[i] − Σⱼ B[i, j] and q[j] becomes q[j] − Σᵢ B[i, j]. Both sizes are
 * multiples of four.
 *
 * @returns Σ B
 */
export function scaleRows(rows: i32, n: i32, scale: usize, b: usize, p: usize, q: usize): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < rows; i += 4) {
    sum += fourRows(n, v128.load(scale + 4 * i), b + 4 * i * n, p + 4 * i, q);
  }
  return sum;
}

/** Written out row by row: only named locals are sure to be registers. */
function fourRows(n: i32, scale: v128, b: usize, p: usize, q: usize): f64 {
  const stride: usize = 4 * n;
  const x0 = v128.shuffle<i32>(scale, scale, 0, 0, 0, 0);
  const x1 = v128.shuffle<i32>(scale, scale, 1, 1, 1, 1);
  const x2 = v128.shuffle<i32>(scale, scale, 2, 2, 2, 2);
  const x3 = v128.shuffle<i32>(scale, scale, 3, 3, 3, 3);
  let row0 = f32x4.splat(0);
  let row1 = row0;
  let row2 = row0;
  let row3 = row0;
  for (let j = 0; j < n; j += 4) {
    const b0 = f32x4.mul(v128.load(b), x0);
    const b1 = f32x4.mul(v128.load(b + stride), x1);
    const b2 = f32x4.mul(v128.load(b + 2 * stride), x2);
    const b3 = f32x4.mul(v128.load(b + 3 * stride), x3);
    v128.store(b, b0);
    v128.store(b + stride, b1);
    v128.store(b + 2 * stride, b2);
    v128.store(b + 3 * stride, b3);
    row0 = f32x4.add(row0, b0);
    row1 = f32x4.add(row1, b1);
    row2 = f32x4.add(row2, b2);
    row3 = f32x4.add(row3, b3);
    v128.store(q, f32x4.sub(v128.load(q), f32x4.add(f32x4.add(b0, b1), f32x4.add(b2, b3))));
    b += 16;
    q += 16;
  }
  return (
    takeOff(p, Sum.lanes(row0)) +
    takeOff(p + 4, Sum.lanes(row1)) +
    (takeOff(p + 8, Sum.lanes(row2)) + takeOff(p + 12, Sum.lanes(row3)))
  );
}

function takeOff(at: usize, sum: f64): f64 {
  store<f32>(at, f32(f64(load<f32>(at)) - sum));
  return sum;
}
