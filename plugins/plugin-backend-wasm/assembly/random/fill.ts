import { feistelWords } from './feistel';
import { toNormal } from './normal';
import { philoxWords } from './philox';

/** Elements that are made at a time: 4 KiB, so that the words are still in the cache. */
const STRETCH = 1024;

/** Elements that a generator makes together: an even number of its groups. */
const PIECE = 32;

/**
 * Elements start … start + count − 1 of a draw, in the layout of `randomWords` in @txsim/ops: kind 0 is U(0, 1)
 * exactly, kind 1 is N(0, 1) within 2·10⁻⁶.
 *
 * @param generator 0 Feistel, 1 Philox
 * @param key0 … key3 of `drawKey`
 * @param constants of `prepareNormal`
 * @param workspace 128 bytes for a piece of which only a part is wanted
 */
export function fill(
  generator: u32,
  kind: u32,
  key0: u32,
  key1: u32,
  key2: u32,
  key3: u32,
  start: u32,
  count: i32,
  out: usize,
  constants: usize,
  workspace: usize,
): void {
  while (count > 0) {
    const skip = start & (PIECE - 1);
    const whole = skip == 0 && count >= PIECE;
    const made = whole ? min(count & -PIECE, STRETCH) : PIECE;
    const taken = whole ? made : min(count, PIECE - skip);
    const target = whole ? out : workspace;
    if (generator == 0) feistelWords((start - skip) >> 3, made >> 3, key0, key1, key2, key3, target);
    else philoxWords((start - skip) >> 4, made >> 5, kind, key0, key1, key2, key3, target);
    if (kind == 0) toUniform(target, made >> 2);
    else toNormal(target, made >> 3, constants);
    if (!whole) memory.copy(out, workspace + 4 * skip, 4 * taken);
    out += 4 * taken;
    start += taken;
    count -= taken;
  }
}

/** In place: words become ((word >> 9) + ½) · 2⁻²³. */
export function toUniform(at: usize, vectors: i32): void {
  for (; vectors > 0; vectors--) {
    const integer = f32x4.convert_i32x4_s(i32x4.shr_u(v128.load(at), 9));
    v128.store(at, f32x4.mul(f32x4.add(integer, f32x4.splat(0.5)), f32x4.splat(1.1920928955078125e-7)));
    at += 16;
  }
}
