/**
 * Trains of up to 32 samples, turned: word t of a line has one bit per sample, so that one operation works on a slot of
 * all samples. Lines come in groups of 8; a group is 33 rows of 8 words, row t < 31 for slot t, row 31 zero, row 32 the
 * signs.
 */
export const GROUP: usize = 33 * 32;
export const SIGNS: usize = 32 * 32;

/** Bits (sample q, slot t) → (slot t, sample q), of the 32 × 32 bits in each of four lanes; 32 bytes from row to row. */
function turn(at: usize): void {
  let mask: u32 = 0x0000ffff;
  for (let j: u32 = 16; j != 0; j >>= 1, mask ^= mask << j) {
    const m = i32x4.splat(mask);
    for (let k: u32 = 0; k < 32; k = (k + j + 1) & ~j) {
      const a = v128.load(at + 32 * k);
      const b = v128.load(at + 32 * (k + j));
      const t = v128.and(v128.xor(i32x4.shr_u(a, j), b), m);
      v128.store(at + 32 * (k + j), v128.xor(b, t));
      v128.store(at + 32 * k, v128.xor(a, i32x4.shl(t, j)));
    }
  }
}

/**
 * @param lines what the groups begin with; they are filled up with silent lines
 * @param samples at most 32 − first
 * @param first the place of the first sample among the 32
 * @param from word (sample 0, line 0)
 * @param stride from sample to sample, bytes
 */
export function turnTrains(
  groups: i32,
  lines: i32,
  samples: i32,
  first: i32,
  from: usize,
  stride: i32,
  out: usize,
): void {
  for (; groups > 0; groups--) {
    memory.fill(out, 0, GROUP);
    const bytes = 4 * max(0, min(8, lines));
    for (let q = 0; q < samples; q++) memory.copy(out + 32 * (first + q), from + q * stride, bytes);
    turn(out);
    turn(out + 16);
    memory.copy(out + SIGNS, out + SIGNS - 32, 32);
    memory.fill(out + SIGNS - 32, 0, 32);
    lines -= 8;
    from += 32;
    out += GROUP;
  }
}

/** Bytes of the slots of one line, or of one group, that lie one after the other. */
export const LINE: usize = 128;

/** The words of each line of some groups by themselves, so that those of a line lie together. */
export function partLines(groups: i32, turned: usize, out: usize): void {
  for (; groups > 0; groups--) {
    for (let t: usize = 0; t < 32; t++)
      for (let line: usize = 0; line < 8; line++)
        store<u32>(out + LINE * line + 4 * t, load<u32>(turned + 32 * t + 4 * line));
    turned += GROUP;
    out += 8 * LINE;
  }
}

/** The words of each group: the samples in which any of its lines fires. */
export function joinLines(groups: i32, turned: usize, out: usize): void {
  for (; groups > 0; groups--) {
    for (let t: usize = 0; t < 32; t++) {
      const four = v128.or(v128.load(turned + 32 * t), v128.load(turned + 32 * t, 16));
      const two = v128.or(four, v128.shuffle<i32>(four, four, 2, 3, 0, 1));
      store<u32>(out + 4 * t, i32x4.extract_lane(two, 0) | i32x4.extract_lane(two, 1));
    }
    turned += GROUP;
    out += LINE;
  }
}
