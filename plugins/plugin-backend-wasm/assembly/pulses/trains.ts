import { Feistel } from './feistel';
import { Eight } from './slots';

/** Bits in which a uniform number is compared with a probability. */
const PRECISION: i32 = 23;

class Threshold {
  /** The least U with (U + ½) · 2⁻²³ ≥ p, p = min(scale · |v|, 1); no number gives none. */
  @inline static of(value: v128, scale: v128): v128 {
    const p = f32x4.mul(f32x4.mul(f32x4.abs(value), scale), f32x4.splat(8388608));
    const least = f32x4.ceil(f32x4.sub(f32x4.pmin(f32x4.splat(8388608), p), f32x4.splat(0.5)));
    return i32x4.trunc_sat_f32x4_s(f32x4.pmax(f32x4.splat(0), least));
  }

  /** All bits of a lane where bit b of the threshold is set. */
  @inline static bit(threshold: v128, b: i32): v128 {
    return i32x4.shr_s(i32x4.shl(threshold, 31 - b), 31);
  }
}

/**
 * Trains of the lines of some samples of one draw: all slots of a line compare their uniform number with its probability,
 * digit by digit from the highest, until every slot is decided.
 *
 * @param values, out from sample to sample `lines` words
 * @param event the first element of the first sample's draw divided by 8: 32 · (s mod 32) · stride
 * @param stride groups of 8 lines
 * @param slots the mask of the slots in use
 * @param workspace 64 bytes
 */
export function pulseTrains(
  samples: i32,
  lines: i32,
  values: usize,
  scale: f32,
  slots: u32,
  key0: u32,
  key1: u32,
  key2: u32,
  key3: u32,
  event: u32,
  stride: u32,
  out: usize,
  workspace: usize,
): void {
  const k1 = i32x4.splat(key1);
  const k2 = i32x4.splat(key2);
  const k3 = i32x4.splat(key3);
  const lanes = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(key0));
  const scales = f32x4.splat(scale);
  const used = i32x4.splat(slots);
  const signs = i32x4.splat(0x80000000);
  const zero = i32x4.splat(0);
  const piece = workspace + 32;
  for (; samples > 0; samples--) {
    for (let line = 0; line < lines; line += 8) {
      Eight.copy(lines - line, values + 4 * line, piece);
      const a = v128.load(piece);
      const b = v128.load(piece, 16);
      const thresholdA = Threshold.of(a, scales);
      const thresholdB = Threshold.of(b, scales);
      // Bit 23 stands for certainty; nothing is less than 0.
      let firesA = Threshold.bit(thresholdA, PRECISION);
      let firesB = Threshold.bit(thresholdB, PRECISION);
      let openA = v128.andnot(v128.andnot(used, firesA), i32x4.eq(thresholdA, zero));
      let openB = v128.andnot(v128.andnot(used, firesB), i32x4.eq(thresholdB, zero));
      let counter = 4 * (event + (line >> 3));
      for (let digit = PRECISION - 1; digit >= 0; digit--) {
        if (!v128.any_true(v128.or(openA, openB))) break;
        Feistel.store(i32x4.add(lanes, i32x4.splat(counter)), k1, k2, k3, workspace);
        const bitA = Threshold.bit(thresholdA, digit);
        const bitB = Threshold.bit(thresholdB, digit);
        const otherA = v128.and(openA, v128.xor(v128.load(workspace), bitA));
        const otherB = v128.and(openB, v128.xor(v128.load(workspace, 16), bitB));
        firesA = v128.or(firesA, v128.and(otherA, bitA));
        firesB = v128.or(firesB, v128.and(otherB, bitB));
        openA = v128.xor(openA, otherA);
        openB = v128.xor(openB, otherB);
        counter += 4 * stride;
      }
      v128.store(piece, v128.or(v128.and(firesA, used), v128.and(f32x4.lt(a, zero), signs)));
      v128.store(piece, v128.or(v128.and(firesB, used), v128.and(f32x4.lt(b, zero), signs)), 16);
      Eight.put(lines - line, piece, out + 4 * line);
    }
    event += 32 * stride;
    values += 4 * lines;
    out += 4 * lines;
  }
}
