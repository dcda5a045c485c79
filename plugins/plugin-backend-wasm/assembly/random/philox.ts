/** 32 × 32 bit products of four lanes, as low and high words. */
class Product {
  @inline static low(even: v128, odd: v128): v128 {
    return v128.shuffle<i32>(even, odd, 0, 2, 4, 6);
  }

  @inline static high(even: v128, odd: v128): v128 {
    return v128.shuffle<i32>(even, odd, 1, 3, 5, 7);
  }
}

/**
 * Philox4x32-10 for four counters at once: counter[lane] = [4·group + lane, draw mod 2³², kind, draw div 2³²]. Word w
 * of the four lanes goes to elements 16·group + 4·w … + 3, which is the order of the elements.
 */
export function words(
  group: u32,
  groups: i32,
  kind: u32,
  key0: u32,
  key1: u32,
  drawLow: u32,
  drawHigh: u32,
  out: usize,
): void {
  const m0 = i32x4.splat(0xd2511f53);
  const m1 = i32x4.splat(0xcd9e8d57);
  const w0 = i32x4.splat(0x9e3779b9);
  const w1 = i32x4.splat(0xbb67ae85);
  for (; groups > 0; groups--) {
    let c0 = i32x4.add(i32x4.splat(4 * group), i32x4(0, 1, 2, 3));
    let c1 = i32x4.splat(drawLow);
    let c2 = i32x4.splat(kind);
    let c3 = i32x4.splat(drawHigh);
    let k0 = i32x4.splat(key0);
    let k1 = i32x4.splat(key1);
    for (let round = 0; round < 10; round++) {
      const even0 = i64x2.extmul_low_i32x4_u(c0, m0);
      const odd0 = i64x2.extmul_high_i32x4_u(c0, m0);
      const even1 = i64x2.extmul_low_i32x4_u(c2, m1);
      const odd1 = i64x2.extmul_high_i32x4_u(c2, m1);
      c0 = v128.xor(v128.xor(Product.high(even1, odd1), c1), k0);
      c2 = v128.xor(v128.xor(Product.high(even0, odd0), c3), k1);
      c1 = Product.low(even1, odd1);
      c3 = Product.low(even0, odd0);
      k0 = i32x4.add(k0, w0);
      k1 = i32x4.add(k1, w1);
    }
    v128.store(out, c0);
    v128.store(out, c1, 16);
    v128.store(out, c2, 32);
    v128.store(out, c3, 48);
    group++;
    out += 64;
  }
}
