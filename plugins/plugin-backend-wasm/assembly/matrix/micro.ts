/**
 * C[i, 0…7] (+)= Σ_p A[i, p] · B[p, 0…7] for five, four or one rows: A row-major with stride `aStride`, B a packed
 * panel of eight columns. Five rows keep ten sums, two B vectors and one factor within the sixteen SIMD registers
 * of x64; four rows are for what is left, so that any m ≥ 12 is a sum of fives and fours.
 */
export class Micro {
  @inline static put(c: usize, low: v128, high: v128, accumulate: bool): void {
    if (accumulate) {
      low = f32x4.add(low, v128.load(c));
      high = f32x4.add(high, v128.load(c, 16));
    }
    v128.store(c, low);
    v128.store(c, high, 16);
  }
}

export function micro5(
  count: i32,
  a: usize,
  aStride: usize,
  b: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
): void {
  let l0 = f32x4.splat(0);
  let h0 = l0;
  let l1 = l0;
  let h1 = l0;
  let l2 = l0;
  let h2 = l0;
  let l3 = l0;
  let h3 = l0;
  let l4 = l0;
  let h4 = l0;
  let a1 = a + aStride;
  let a2 = a1 + aStride;
  let a3 = a2 + aStride;
  let a4 = a3 + aStride;
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
  Micro.put(c, l0, h0, accumulate);
  Micro.put((c += cStride), l1, h1, accumulate);
  Micro.put((c += cStride), l2, h2, accumulate);
  Micro.put((c += cStride), l3, h3, accumulate);
  Micro.put(c + cStride, l4, h4, accumulate);
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
  let l0 = f32x4.splat(0);
  let h0 = l0;
  let l1 = l0;
  let h1 = l0;
  let l2 = l0;
  let h2 = l0;
  let l3 = l0;
  let h3 = l0;
  let a1 = a + aStride;
  let a2 = a1 + aStride;
  let a3 = a2 + aStride;
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
  Micro.put(c, l0, h0, accumulate);
  Micro.put((c += cStride), l1, h1, accumulate);
  Micro.put((c += cStride), l2, h2, accumulate);
  Micro.put(c + cStride, l3, h3, accumulate);
}

export function micro1(count: i32, a: usize, b: usize, c: usize, accumulate: bool): void {
  let low = f32x4.splat(0);
  let high = low;
  let low2 = low;
  let high2 = low;
  for (; count > 1; count -= 2) {
    const x = v128.load32_splat(a);
    const y = v128.load32_splat(a, 4);
    low = f32x4.add(low, f32x4.mul(x, v128.load(b)));
    high = f32x4.add(high, f32x4.mul(x, v128.load(b, 16)));
    low2 = f32x4.add(low2, f32x4.mul(y, v128.load(b, 32)));
    high2 = f32x4.add(high2, f32x4.mul(y, v128.load(b, 48)));
    a += 8;
    b += 64;
  }
  if (count > 0) {
    const x = v128.load32_splat(a);
    low = f32x4.add(low, f32x4.mul(x, v128.load(b)));
    high = f32x4.add(high, f32x4.mul(x, v128.load(b, 16)));
  }
  Micro.put(c, f32x4.add(low, low2), f32x4.add(high, high2), accumulate);
}
