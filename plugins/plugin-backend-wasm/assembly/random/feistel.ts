/** One round: what a word adds to its partner, x·m folded onto itself. */
class Round {
  @inline static fold15(word: v128, multiplier: u32): v128 {
    const product = i32x4.mul(word, i32x4.splat(multiplier));
    return v128.xor(product, i32x4.shr_u(product, 15));
  }

  @inline static fold16(word: v128, multiplier: u32): v128 {
    const product = i32x4.mul(word, i32x4.splat(multiplier));
    return v128.xor(product, i32x4.shr_u(product, 16));
  }
}

/**
 * The Feistel generator of `feistel.ts` in @txsim/ops for four counters at once: counter[lane] = 4·group + lane. The two
 * words of the four lanes go to elements 8·group … + 3 and 8·group + 4 … + 7.
 */
export function feistelWords(
  group: u32,
  groups: i32,
  key0: u32,
  key1: u32,
  key2: u32,
  key3: u32,
  out: usize,
): void {
  let counter = i32x4.add(i32x4.splat(4 * group + key0), i32x4(0, 1, 2, 3));
  const k1 = i32x4.splat(key1);
  const k2 = i32x4.splat(key2);
  const k3 = i32x4.splat(key3);
  for (; groups > 0; groups--) {
    let left = counter;
    let right = v128.xor(k1, Round.fold15(left, 0x9e3779b1));
    left = v128.xor(i32x4.add(left, Round.fold16(right, 0x85ebca6b)), k2);
    right = v128.xor(i32x4.add(right, Round.fold15(left, 0xc2b2ae35)), k3);
    left = i32x4.add(left, Round.fold16(right, 0x27d4eb2f));
    right = i32x4.add(right, Round.fold15(left, 0xac4c1b51));
    v128.store(out, left);
    v128.store(out, right, 16);
    counter = i32x4.add(counter, i32x4.splat(4));
    out += 32;
  }
}
