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

/** Words of eight neighbouring lines of one sample. */
export class Eight {
  /** Words of up to eight lines, silent ones behind them. */
  @inline static copy(lines: i32, from: usize, to: usize): void {
    if (lines >= 8) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      return;
    }
    for (let k = 0; k < 8; k++) store<u32>(to + 4 * k, k < lines ? load<u32>(from + 4 * k) : 0);
  }

  /** The first of eight words, as many as there are lines. */
  @inline static put(lines: i32, from: usize, to: usize): void {
    if (lines >= 8) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      return;
    }
    for (let k = 0; k < lines; k++) store<u32>(to + 4 * k, load<u32>(from + 4 * k));
  }

  @inline static clear(to: usize): void {
    v128.store(to, i32x4.splat(0));
    v128.store(to, i32x4.splat(0), 16);
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
    for (let q = 0; q < first; q++) Eight.clear(out + 32 * q);
    for (let q = 0; q < samples; q++) Eight.copy(lines, from + q * stride, out + 32 * (first + q));
    for (let q = first + samples; q < 32; q++) Eight.clear(out + 32 * q);
    turn(out);
    turn(out + 16);
    Eight.copy(8, out + SIGNS - 32, out + SIGNS);
    Eight.clear(out + SIGNS - 32);
    lines -= 8;
    from += 32;
    out += GROUP;
  }
}

/** Bytes of the trains of one line, or of what a group of lines has together, one sample after the other. */
export const LINE: usize = 128;

/** The trains of lines, each line's by themselves. Samples are filled up to whole fours with silent ones. */
export function partLines(lines: i32, samples: i32, from: usize, stride: i32, out: usize): void {
  const places = (samples + 3) & ~3;
  for (; lines > 0; lines--) {
    for (let q = 0; q < places; q++) store<u32>(out + 4 * q, q < samples ? load<u32>(from + q * stride) : 0);
    from += 4;
    out += LINE;
  }
}

/** The slots in which any line of a group fires, sample by sample; bit 31 means nothing. */
export function joinLines(groups: i32, lines: i32, samples: i32, from: usize, stride: i32, out: usize): void {
  const places = (samples + 3) & ~3;
  for (; groups > 0; groups--) {
    for (let q = 0; q < places; q++) {
      let any: u32 = 0;
      if (q < samples) for (let k = 0; k < min(8, lines); k++) any |= load<u32>(from + q * stride + 4 * k);
      store<u32>(out + 4 * q, any);
    }
    lines -= 8;
    from += 32;
    out += LINE;
  }
}
