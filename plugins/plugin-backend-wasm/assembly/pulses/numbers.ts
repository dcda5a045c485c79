import { Constant, Lanes } from '../random/normal';
import { Feistel } from './feistel';

/**
 * A random number for each listed pulse, of the draw of the samples' block: `pulseElement` of @txsim/ops. Of the two
 * numbers that a counter gives, the first four weights of a group take the first and the others the second.
 *
 * @param kind 0 uniform, 1 normal
 * @param cells a draw's elements from event to event, divided by 8
 * @param first the first group's cells, divided by 8
 * @param out 64 bytes for each entry; the first 32 of each are then left with its eight numbers
 * @param constants of `prepareNormal`
 * @param multipliers of `preparePulses`
 */
export function pulseNumbers(
  kind: u32,
  key0: u32,
  key1: u32,
  key2: u32,
  key3: u32,
  cells: u32,
  first: u32,
  groups: i32,
  counts: usize,
  entries: usize,
  out: usize,
  constants: usize,
  multipliers: usize,
): void {
  const lanes = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(key0));
  const stride = i32x4.splat(4 * cells);
  const k1 = i32x4.splat(key1);
  const k2 = i32x4.splat(key2);
  const k3 = i32x4.splat(key3);
  let at = out;
  for (let g = 0; g < groups; g++) {
    const base = i32x4.add(lanes, i32x4.splat(4 * (first + g)));
    for (let n = load<i32>(counts + 4 * g); n > 0; n--) {
      const a = i32x4.add(i32x4.mul(v128.load(entries, 32), stride), base);
      const b = i32x4.add(i32x4.mul(v128.load(entries, 48), stride), base);
      Feistel.store(a, k1, k2, k3, multipliers, at);
      Feistel.store(b, k1, k2, k3, multipliers, at + 32);
      entries += 64;
      at += 64;
    }
  }
  const made = <i32>((at - out) >> 6);
  if (kind == 0) toUniform(out, made);
  else toNormal(out, made, constants);
}

/** In place: ((word >> 9) + ½) · 2⁻²³ of the first word of four weights and of the second word of the others. */
function toUniform(at: usize, entries: i32): void {
  const half = f32x4.splat(0.5);
  const unit = f32x4.splat(1.1920928955078125e-7);
  for (; entries > 0; entries--) {
    const a = f32x4.convert_i32x4_s(i32x4.shr_u(v128.load(at), 9));
    const b = f32x4.convert_i32x4_s(i32x4.shr_u(v128.load(at, 48), 9));
    v128.store(at, f32x4.mul(f32x4.add(a, half), unit));
    v128.store(at, f32x4.mul(f32x4.add(b, half), unit), 16);
    at += 64;
  }
}

/** In place: `toNormal` of `random/normal.ts`, of which four weights take the cosine and the others the sine. */
function toNormal(at: usize, entries: i32, constants: usize): void {
  const one = Lanes.of(constants, Constant.one);
  const minusTwo = Lanes.of(constants, Constant.minusTwo);
  const minusTwoLn2 = Lanes.of(constants, Constant.minusTwoLn2);
  const log5 = Lanes.of(constants, Constant.log5);
  const log4 = Lanes.of(constants, Constant.log4);
  const log3 = Lanes.of(constants, Constant.log3);
  const log2 = Lanes.of(constants, Constant.log2);
  const log1 = Lanes.of(constants, Constant.log1);
  const log0 = Lanes.of(constants, Constant.log0);
  const rootHalfBits = Lanes.of(constants, Constant.rootHalfBits);
  const mantissaBits = Lanes.of(constants, Constant.mantissaBits);
  const integerOne = Lanes.of(constants, Constant.integerOne);
  const wordBits = Lanes.of(constants, Constant.wordBits);
  // The radii of all first: fewer constants at a time stay in registers.
  for (let v = 0; v < 2 * entries; v++) {
    const word = at + 32 * v;
    const x = f32x4.convert_i32x4_s(i32x4.add(i32x4.shr_u(v128.load(word), 8), integerOne));
    const shifted = i32x4.sub(x, rootHalfBits);
    const e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(shifted, 23), wordBits));
    const m = f32x4.sub(i32x4.add(v128.and(shifted, mantissaBits), rootHalfBits), one);
    const m2 = f32x4.mul(m, m);
    const p0 = Lanes.multiplyAdd(log0, m, one);
    const p2 = Lanes.multiplyAdd(log2, m, log1);
    const p4 = Lanes.multiplyAdd(log4, m, log3);
    const low = Lanes.multiplyAdd(p2, m2, p0);
    const high = Lanes.multiplyAdd(log5, m2, p4);
    const polynomial = Lanes.multiplyAdd(high, f32x4.mul(m2, m2), low);
    const ln = Lanes.multiplyAdd(m2, polynomial, f32x4.mul(m, minusTwo));
    v128.store(word, f32x4.sqrt(Lanes.multiplyAdd(e, minusTwoLn2, ln)));
  }
  turn(at, entries, constants);
}

/** In place: radii and words become radius · cos φ of the first four weights and radius · sin φ of the others. */
function turn(at: usize, entries: i32, constants: usize): void {
  const sine4 = Lanes.of(constants, Constant.sine4);
  const sine3 = Lanes.of(constants, Constant.sine3);
  const sine2 = Lanes.of(constants, Constant.sine2);
  const sine1 = Lanes.of(constants, Constant.sine1);
  const sine0 = Lanes.of(constants, Constant.sine0);
  const cosine4 = Lanes.of(constants, Constant.cosine4);
  const cosine3 = Lanes.of(constants, Constant.cosine3);
  const cosine2 = Lanes.of(constants, Constant.cosine2);
  const cosine1 = Lanes.of(constants, Constant.cosine1);
  const cosine0 = Lanes.of(constants, Constant.cosine0);
  const quarterTurn = Lanes.of(constants, Constant.quarterTurn);
  const signBit = Lanes.of(constants, Constant.signBit);
  for (; entries > 0; entries--) {
    const word = v128.load(at, 16);
    const t = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shl(word, 1)), quarterTurn);
    const z = f32x4.mul(t, t);
    let cosine = Lanes.multiplyAdd(cosine4, z, cosine3);
    cosine = Lanes.multiplyAdd(cosine, z, cosine2);
    cosine = Lanes.multiplyAdd(cosine, z, cosine1);
    cosine = Lanes.multiplyAdd(cosine, z, cosine0);
    const s = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shl(v128.load(at, 48), 1)), quarterTurn);
    const y = f32x4.mul(s, s);
    let sine = Lanes.multiplyAdd(sine4, y, sine3);
    sine = Lanes.multiplyAdd(sine, y, sine2);
    sine = Lanes.multiplyAdd(sine, y, sine1);
    sine = Lanes.multiplyAdd(sine, y, sine0);
    v128.store(at, v128.xor(f32x4.mul(v128.load(at), cosine), v128.and(word, signBit)));
    v128.store(at, f32x4.mul(v128.load(at, 32), f32x4.mul(sine, s)), 16);
    at += 64;
  }
}
