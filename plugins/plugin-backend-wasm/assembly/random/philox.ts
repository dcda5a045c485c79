/** 32 × 32 bit products of four lanes: those of lanes 0, 1 and of lanes 2, 3, then low and high words of all. */
class Product {
  @inline static lower(a: v128, b: v128): v128 {
    return i64x2.extmul_low_i32x4_u(a, b);
  }

  @inline static upper(a: v128, b: v128): v128 {
    return i64x2.extmul_high_i32x4_u(a, b);
  }

  @inline static lowWords(lower: v128, upper: v128): v128 {
    return v128.shuffle<i32>(lower, upper, 0, 2, 4, 6);
  }

  @inline static highWords(lower: v128, upper: v128): v128 {
    return v128.shuffle<i32>(lower, upper, 1, 3, 5, 7);
  }
}

/** Two groups, a and b, go through the rounds side by side: one alone waits for its own products. */
class Words {
  @inline static store(c0: v128, c1: v128, c2: v128, c3: v128, out: usize): void {
    v128.store(out, c0);
    v128.store(out, c1, 16);
    v128.store(out, c2, 32);
    v128.store(out, c3, 48);
  }
}

/**
 * Philox4x32-10 for eight counters at once: counter[lane] = [4·group + lane, draw mod 2³², kind, draw div 2³²]. Word w
 * of the four lanes of a group goes to elements 16·group + 4·w … + 3, which is the order of the elements.
 *
 * @param pairs of groups
 */
export function philoxWords(
  group: u32,
  pairs: i32,
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
  for (; pairs > 0; pairs--) {
    let a0 = i32x4.add(i32x4.splat(4 * group), i32x4(0, 1, 2, 3));
    let b0 = i32x4.add(a0, i32x4.splat(4));
    let a1 = i32x4.splat(drawLow);
    let b1 = a1;
    let a2 = i32x4.splat(kind);
    let b2 = a2;
    let a3 = i32x4.splat(drawHigh);
    let b3 = a3;
    let k0 = i32x4.splat(key0);
    let k1 = i32x4.splat(key1);
    for (let round = 0; round < 10; round++) {
      const al0 = Product.lower(a0, m0);
      const au0 = Product.upper(a0, m0);
      const al1 = Product.lower(a2, m1);
      const au1 = Product.upper(a2, m1);
      a0 = v128.xor(v128.xor(Product.highWords(al1, au1), a1), k0);
      a2 = v128.xor(v128.xor(Product.highWords(al0, au0), a3), k1);
      a1 = Product.lowWords(al1, au1);
      a3 = Product.lowWords(al0, au0);
      const bl0 = Product.lower(b0, m0);
      const bu0 = Product.upper(b0, m0);
      const bl1 = Product.lower(b2, m1);
      const bu1 = Product.upper(b2, m1);
      b0 = v128.xor(v128.xor(Product.highWords(bl1, bu1), b1), k0);
      b2 = v128.xor(v128.xor(Product.highWords(bl0, bu0), b3), k1);
      b1 = Product.lowWords(bl1, bu1);
      b3 = Product.lowWords(bl0, bu0);
      k0 = i32x4.add(k0, w0);
      k1 = i32x4.add(k1, w1);
    }
    Words.store(a0, a1, a2, a3, out);
    Words.store(b0, b1, b2, b3, out + 64);
    group += 2;
    out += 128;
  }
}
