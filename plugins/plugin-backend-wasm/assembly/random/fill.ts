import { toNormal } from './normal';
import { words } from './philox';

/** Pairs of groups (32 elements) that are made at a time: 4 KiB, so that the words are still in the cache. */
const STRETCH = 32;

/**
 * Elements start … start + count − 1 of a draw, in the layout of `randomWords`: kind 0 is U(0, 1) exactly, kind 1 is
 * N(0, 1) within 2·10⁻⁶.
 *
 * @param workspace 128 bytes for a pair of groups of which only a part is wanted
 */
export function fill(
  kind: u32,
  key0: u32,
  key1: u32,
  drawLow: u32,
  drawHigh: u32,
  start: u32,
  count: i32,
  out: usize,
  workspace: usize,
): void {
  while (count > 0) {
    const skip = start & 15;
    const whole = skip == 0 && count >= 32;
    const pairs = whole ? min(count >> 5, STRETCH) : 1;
    const taken = whole ? 32 * pairs : min(count, 32 - skip);
    const target = whole ? out : workspace;
    words(start >> 4, pairs, kind, key0, key1, drawLow, drawHigh, target);
    if (kind == 0) toUniform(target, 8 * pairs);
    else toNormal(target, 4 * pairs);
    if (!whole) memory.copy(out, workspace + 4 * skip, 4 * taken);
    out += 4 * taken;
    start += taken;
    count -= taken;
  }
}

/** In place: words become ((word >> 9) + ½) · 2⁻²³. */
function toUniform(at: usize, vectors: i32): void {
  for (; vectors > 0; vectors--) {
    const integer = f32x4.convert_i32x4_u(i32x4.shr_u(v128.load(at), 9));
    v128.store(at, f32x4.mul(f32x4.add(integer, f32x4.splat(0.5)), f32x4.splat(1.1920928955078125e-7)));
    at += 16;
  }
}
