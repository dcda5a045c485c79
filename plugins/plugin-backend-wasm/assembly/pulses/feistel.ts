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

/** The generator of `feistel.ts` in @txsim/ops for four counters, for what no compiled program makes: words. */
export class Feistel {
  /** Writes the first words of four counters and then their second ones. @param counter key₀ added */
  @inline static store(counter: v128, k1: v128, k2: v128, k3: v128, out: usize): void {
    const r1 = v128.xor(k1, Round.fold15(counter, 0x9e3779b1));
    const l1 = v128.xor(i32x4.add(counter, Round.fold16(r1, 0x85ebca6b)), k2);
    const r2 = v128.xor(i32x4.add(r1, Round.fold15(l1, 0xc2b2ae35)), k3);
    const left = i32x4.add(l1, Round.fold16(r2, 0x27d4eb2f));
    v128.store(out, left);
    v128.store(out, i32x4.add(r2, Round.fold15(left, 0xac4c1b51)), 16);
  }
}
