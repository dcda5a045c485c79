import { Everywhere, PulseConstant } from './constants';

class Round {
  @inline static fold15(word: v128, multiplier: v128): v128 {
    const product = i32x4.mul(word, multiplier);
    return v128.xor(product, i32x4.shr_u(product, 15));
  }

  @inline static fold16(word: v128, multiplier: v128): v128 {
    const product = i32x4.mul(word, multiplier);
    return v128.xor(product, i32x4.shr_u(product, 16));
  }
}

/** The generator of `random/feistel.ts` for any four counters. */
export class Feistel {
  /**
   * Writes the first words of four counters and then their second ones.
   * @param counter key₀ added
   * @param constants of `preparePulses`
   */
  @inline static store(counter: v128, k1: v128, k2: v128, k3: v128, constants: usize, out: usize): void {
    const r1 = v128.xor(k1, Round.fold15(counter, Everywhere.of(constants, PulseConstant.multiplier0)));
    const fold1 = Round.fold16(r1, Everywhere.of(constants, PulseConstant.multiplier1));
    const l1 = v128.xor(i32x4.add(counter, fold1), k2);
    const fold2 = Round.fold15(l1, Everywhere.of(constants, PulseConstant.multiplier2));
    const r2 = v128.xor(i32x4.add(r1, fold2), k3);
    const left = i32x4.add(l1, Round.fold16(r2, Everywhere.of(constants, PulseConstant.multiplier3)));
    const fold4 = Round.fold15(left, Everywhere.of(constants, PulseConstant.multiplier4));
    v128.store(out, left);
    v128.store(out, i32x4.add(r2, fold4), 16);
  }
}
