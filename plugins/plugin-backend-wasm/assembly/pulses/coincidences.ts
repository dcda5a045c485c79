import { GROUP, SIGNS } from './slots';

/** The numbers of pulses of 8 weights in each of 32 samples, in binary: plane p has bit p of each number. */
export class Coincidences {
  /** The words of a row's line: slot t at 32 · t. */
  @inline static row(words: usize, line: i32): usize {
    return words + <usize>(line >> 3) * GROUP + ((line & 7) << 2);
  }

  /** The slots in which a line and any of a group fire together, a bit each. */
  @inline static slots(line: usize, group: usize, samples: i32): u32 {
    let four = v128.and(v128.load(line), v128.load(group));
    for (let q: usize = 16; q < 4 * <usize>samples; q += 16)
      four = v128.or(four, v128.and(v128.load(line + q), v128.load(group + q)));
    const two = v128.or(four, v128.shuffle<i32>(four, four, 2, 3, 0, 1));
    return (i32x4.extract_lane(two, 0) | i32x4.extract_lane(two, 1)) & 0x7fffffff;
  }

  /** Where the weights go up, a bit per sample: the signs differ. @param half 0 or 16 */
  @inline static up(row: usize, columns: usize, half: usize): v128 {
    return v128.xor(v128.load32_splat(row + SIGNS), v128.load(columns + SIGNS + half));
  }

  /**
   * Adds up slots with carries, two at a time, and writes the five planes, `apart` bytes from one to the next.
   * @param slots a bit for each slot to be added
   */
  @inline static count(row: usize, columns: usize, slots: u32, out: usize, apart: usize): void {
    let a0 = i32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let a4 = a0;
    let b0 = a0;
    let b1 = a0;
    let b2 = a0;
    let b3 = a0;
    let b4 = a0;
    while (slots != 0) {
      const first = (<usize>ctz(slots)) << 5;
      slots &= slots - 1;
      // Of an odd number the last is slot 31, which is zero.
      const second = (<usize>ctz(slots | 0x80000000)) << 5;
      slots &= slots - 1;
      const x = v128.load32_splat(row + first);
      const y = v128.load32_splat(row + second);
      let u = v128.and(x, v128.load(columns + first));
      let v = v128.and(y, v128.load(columns + second));
      let either = v128.xor(u, v);
      let carry = v128.or(v128.and(u, v), v128.and(either, a0));
      a0 = v128.xor(a0, either);
      let next = v128.and(a1, carry);
      a1 = v128.xor(a1, carry);
      carry = v128.and(a2, next);
      a2 = v128.xor(a2, next);
      next = v128.and(a3, carry);
      a3 = v128.xor(a3, carry);
      a4 = v128.xor(a4, next);
      u = v128.and(x, v128.load(columns + first, 16));
      v = v128.and(y, v128.load(columns + second, 16));
      either = v128.xor(u, v);
      carry = v128.or(v128.and(u, v), v128.and(either, b0));
      b0 = v128.xor(b0, either);
      next = v128.and(b1, carry);
      b1 = v128.xor(b1, carry);
      carry = v128.and(b2, next);
      b2 = v128.xor(b2, next);
      next = v128.and(b3, carry);
      b3 = v128.xor(b3, carry);
      b4 = v128.xor(b4, next);
    }
    v128.store(out, a0);
    v128.store(out, b0, 16);
    v128.store(out + apart, a1);
    v128.store(out + apart, b1, 16);
    v128.store(out + 2 * apart, a2);
    v128.store(out + 2 * apart, b2, 16);
    v128.store(out + 3 * apart, a3);
    v128.store(out + 3 * apart, b3, 16);
    v128.store(out + 4 * apart, a4);
    v128.store(out + 4 * apart, b4, 16);
  }

  /** The pulses of four weights in the samples of a mask: Σ 2ᵖ · (bits of plane p within it). */
  @inline static total(planes: usize, apart: usize, mask: v128): v128 {
    const c2 = v128.load(planes + 2 * apart);
    const c3 = v128.load(planes + 3 * apart);
    const c4 = v128.load(planes + 4 * apart);
    let sum = i32x4.splat(0);
    if (v128.any_true(v128.or(v128.or(c2, c3), c4))) {
      sum = Lanes.ones(v128.and(c4, mask));
      sum = i32x4.add(i32x4.shl(sum, 1), Lanes.ones(v128.and(c3, mask)));
      sum = i32x4.add(i32x4.shl(sum, 1), Lanes.ones(v128.and(c2, mask)));
    }
    sum = i32x4.add(i32x4.shl(sum, 1), Lanes.ones(v128.and(v128.load(planes + apart), mask)));
    return i32x4.add(i32x4.shl(sum, 1), Lanes.ones(v128.and(v128.load(planes), mask)));
  }
}

class Lanes {
  /** Bits that are set in each lane. */
  @inline static ones(word: v128): v128 {
    const bytes = i8x16.popcnt(word);
    return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
  }
}
