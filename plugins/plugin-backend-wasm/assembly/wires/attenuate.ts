/** Sums over lanes, in float64. */
export class Sum {
  @inline static lanes(x: v128): f64 {
    const a = f64(f32x4.extract_lane(x, 0)) + f64(f32x4.extract_lane(x, 1));
    return a + (f64(f32x4.extract_lane(x, 2)) + f64(f32x4.extract_lane(x, 3)));
  }
}

/** Σ G and Σ B over all cells since `startSums`. */
export let sumOfG: f64 = 0;
export let sumOfB: f64 = 0;

export function startSums(): void {
  sumOfG = 0;
  sumOfB = 0;
}

/**
 * B = r · G · c for some rows of an array, with r[i, j] = profile[j, i] · rowScale[i] and
 * c[i, j] = b[i, j] · columnScale[j], where b is what B replaces; p[i] becomes p[i] − Σⱼ B[i, j] and q[j] becomes
 * q[j] − Σᵢ B[i, j]. Both sizes are multiples of four.
 */
export function attenuate(
  m: i32,
  n: i32,
  g: usize,
  profile: usize,
  rowScale: usize,
  b: usize,
  columnScale: usize,
  p: usize,
  q: usize,
): void {
  for (let i = 0; i < m; i += 4) {
    const at = 4 * i * n;
    const scale = v128.load(rowScale + 4 * i);
    fourRows(m, n, g + at, profile + 4 * i, scale, b + at, columnScale, p + 4 * i, q);
  }
}

/** Written out row by row: only named locals are sure to be registers. */
function fourRows(
  m: i32,
  n: i32,
  g: usize,
  rows: usize,
  rowScale: v128,
  b: usize,
  columnScale: usize,
  p: usize,
  q: usize,
): void {
  const stride: usize = 4 * n;
  const rowStride: usize = 4 * m;
  let r0 = f32x4.splat(0);
  let r1 = r0;
  let r2 = r0;
  let r3 = r0;
  let total = r0;
  for (let j = 0; j < n; j += 4) {
    const x0 = f32x4.mul(v128.load(rows), rowScale);
    const x1 = f32x4.mul(v128.load(rows + rowStride), rowScale);
    const x2 = f32x4.mul(v128.load(rows + 2 * rowStride), rowScale);
    const x3 = f32x4.mul(v128.load(rows + 3 * rowStride), rowScale);
    const x01 = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5);
    const y01 = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7);
    const x23 = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5);
    const y23 = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
    const scale = v128.load(columnScale + 4 * j);
    let column = v128.load(q + 4 * j);

    let cell = v128.load(g);
    total = f32x4.add(total, cell);
    let value = f32x4.mul(f32x4.mul(v128.shuffle<i64>(x01, x23, 0, 2), cell), f32x4.mul(v128.load(b), scale));
    v128.store(b, value);
    r0 = f32x4.add(r0, value);
    column = f32x4.sub(column, value);

    cell = v128.load(g + stride);
    total = f32x4.add(total, cell);
    value = f32x4.mul(
      f32x4.mul(v128.shuffle<i64>(x01, x23, 1, 3), cell),
      f32x4.mul(v128.load(b + stride), scale),
    );
    v128.store(b + stride, value);
    r1 = f32x4.add(r1, value);
    column = f32x4.sub(column, value);

    cell = v128.load(g + 2 * stride);
    total = f32x4.add(total, cell);
    value = f32x4.mul(
      f32x4.mul(v128.shuffle<i64>(y01, y23, 0, 2), cell),
      f32x4.mul(v128.load(b + 2 * stride), scale),
    );
    v128.store(b + 2 * stride, value);
    r2 = f32x4.add(r2, value);
    column = f32x4.sub(column, value);

    cell = v128.load(g + 3 * stride);
    total = f32x4.add(total, cell);
    value = f32x4.mul(
      f32x4.mul(v128.shuffle<i64>(y01, y23, 1, 3), cell),
      f32x4.mul(v128.load(b + 3 * stride), scale),
    );
    v128.store(b + 3 * stride, value);
    r3 = f32x4.add(r3, value);
    column = f32x4.sub(column, value);

    v128.store(q + 4 * j, column);
    g += 16;
    b += 16;
    rows += 4 * rowStride;
  }
  const s0 = Sum.lanes(r0);
  const s1 = Sum.lanes(r1);
  const s2 = Sum.lanes(r2);
  const s3 = Sum.lanes(r3);
  sumOfG += Sum.lanes(total);
  sumOfB += s0 + s1 + (s2 + s3);
  store<f32>(p, f32(f64(load<f32>(p)) - s0));
  store<f32>(p + 4, f32(f64(load<f32>(p + 4)) - s1));
  store<f32>(p + 8, f32(f64(load<f32>(p + 8)) - s2));
  store<f32>(p + 12, f32(f64(load<f32>(p + 12)) - s3));
}
