/**
 * C[i, 0…7] (+)= Σ_p A[i, p] · B[p, 0…7] for five, four or one rows: A row-major with stride `aStride`, B a packed
 * panel of eight columns. Five rows keep ten sums, two B vectors and one factor within the sixteen SIMD registers
 * of x64; four rows are for what is left, so that any m ≥ 12 is a sum of fives and fours.
 *
 * Written out row by row: only named locals are sure to be registers. The sums start from C or, masked, from 0: a branch behind the loop would cost registers within it.
 */
export function micro5(
  count: i32,
  a: usize,
  aStride: usize,
  b: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
): void {
  let a1 = a + aStride;
  let a2 = a1 + aStride;
  let a3 = a2 + aStride;
  let a4 = a3 + aStride;
  const c1 = c + cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
  const c4 = c3 + cStride;
  const kept = i32x4.splat(-i32(accumulate));
  let l0 = v128.and(v128.load(c), kept);
  let h0 = v128.and(v128.load(c, 16), kept);
  let l1 = v128.and(v128.load(c1), kept);
  let h1 = v128.and(v128.load(c1, 16), kept);
  let l2 = v128.and(v128.load(c2), kept);
  let h2 = v128.and(v128.load(c2, 16), kept);
  let l3 = v128.and(v128.load(c3), kept);
  let h3 = v128.and(v128.load(c3, 16), kept);
  let l4 = v128.and(v128.load(c4), kept);
  let h4 = v128.and(v128.load(c4, 16), kept);
  for (; count > 0; count--) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    l0 = f32x4.add(l0, f32x4.mul(x0, low));
    h0 = f32x4.add(h0, f32x4.mul(x0, high));
    const x1 = v128.load32_splat(a1);
    l1 = f32x4.add(l1, f32x4.mul(x1, low));
    h1 = f32x4.add(h1, f32x4.mul(x1, high));
    const x2 = v128.load32_splat(a2);
    l2 = f32x4.add(l2, f32x4.mul(x2, low));
    h2 = f32x4.add(h2, f32x4.mul(x2, high));
    const x3 = v128.load32_splat(a3);
    l3 = f32x4.add(l3, f32x4.mul(x3, low));
    h3 = f32x4.add(h3, f32x4.mul(x3, high));
    const x4 = v128.load32_splat(a4);
    l4 = f32x4.add(l4, f32x4.mul(x4, low));
    h4 = f32x4.add(h4, f32x4.mul(x4, high));
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    a4 += 4;
    b += 32;
  }
  v128.store(c, l0);
  v128.store(c, h0, 16);
  v128.store(c1, l1);
  v128.store(c1, h1, 16);
  v128.store(c2, l2);
  v128.store(c2, h2, 16);
  v128.store(c3, l3);
  v128.store(c3, h3, 16);
  v128.store(c4, l4);
  v128.store(c4, h4, 16);
}

export function micro4(
  count: i32,
  a: usize,
  aStride: usize,
  b: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
): void {
  let a1 = a + aStride;
  let a2 = a1 + aStride;
  let a3 = a2 + aStride;
  const c1 = c + cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
  const kept = i32x4.splat(-i32(accumulate));
  let l0 = v128.and(v128.load(c), kept);
  let h0 = v128.and(v128.load(c, 16), kept);
  let l1 = v128.and(v128.load(c1), kept);
  let h1 = v128.and(v128.load(c1, 16), kept);
  let l2 = v128.and(v128.load(c2), kept);
  let h2 = v128.and(v128.load(c2, 16), kept);
  let l3 = v128.and(v128.load(c3), kept);
  let h3 = v128.and(v128.load(c3, 16), kept);
  for (; count > 0; count--) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    l0 = f32x4.add(l0, f32x4.mul(x0, low));
    h0 = f32x4.add(h0, f32x4.mul(x0, high));
    const x1 = v128.load32_splat(a1);
    l1 = f32x4.add(l1, f32x4.mul(x1, low));
    h1 = f32x4.add(h1, f32x4.mul(x1, high));
    const x2 = v128.load32_splat(a2);
    l2 = f32x4.add(l2, f32x4.mul(x2, low));
    h2 = f32x4.add(h2, f32x4.mul(x2, high));
    const x3 = v128.load32_splat(a3);
    l3 = f32x4.add(l3, f32x4.mul(x3, low));
    h3 = f32x4.add(h3, f32x4.mul(x3, high));
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    b += 32;
  }
  v128.store(c, l0);
  v128.store(c, h0, 16);
  v128.store(c1, l1);
  v128.store(c1, h1, 16);
  v128.store(c2, l2);
  v128.store(c2, h2, 16);
  v128.store(c3, l3);
  v128.store(c3, h3, 16);
}

export function micro1(count: i32, a: usize, b: usize, c: usize, accumulate: bool): void {
  const kept = i32x4.splat(-i32(accumulate));
  let low = v128.and(v128.load(c), kept);
  let high = v128.and(v128.load(c, 16), kept);
  for (; count > 0; count--) {
    const x = v128.load32_splat(a);
    low = f32x4.add(low, f32x4.mul(x, v128.load(b)));
    high = f32x4.add(high, f32x4.mul(x, v128.load(b, 16)));
    a += 4;
    b += 32;
  }
  v128.store(c, low);
  v128.store(c, high, 16);
}
