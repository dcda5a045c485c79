/**
 * The constants of `toNormal`, by their place in memory. They are read once per call: as literals they would be made anew
 * in every round of the loop, which costs a fifth of its time.
 *
 * The polynomials are minimax fits, weighted by their effect on the normal number: they add at most 1·10⁻⁷ (log) and
 * 3·10⁻⁷ (sine, cosine) to what float32 loses. Coefficients by falling power.
 */
export enum Constant {
  one,
  minusTwo,
  minusTwoLn2,
  log5,
  log4,
  log3,
  log2,
  log1,
  log0,
  sine4,
  sine3,
  sine2,
  sine1,
  sine0,
  cosine4,
  cosine3,
  cosine2,
  cosine1,
  cosine0,
  quarterTurn,
  rootHalfBits,
  mantissaBits,
  signBit,
  integerOne,
  wordBits,
}

/** Writes the constants to 100 bytes of memory, for all calls of `toNormal`. */
export function prepareNormal(at: usize): void {
  put(at, Constant.one, 1);
  put(at, Constant.minusTwo, -2);
  put(at, Constant.minusTwoLn2, -1.3862943611);
  put(at, Constant.log5, 0.20414107);
  put(at, Constant.log4, -0.321705);
  put(at, Constant.log3, 0.34306404);
  put(at, Constant.log2, -0.39834443);
  put(at, Constant.log1, 0.49963686);
  put(at, Constant.log0, -0.6666893);
  put(at, Constant.sine4, 0.00015082056);
  put(at, Constant.sine3, -0.004672228);
  put(at, Constant.sine2, 0.07968848);
  put(at, Constant.sine1, -0.6459634);
  put(at, Constant.sine0, 1.5707963);
  put(at, Constant.cosine4, 0.00085819064);
  put(at, Constant.cosine3, -0.020810628);
  put(at, Constant.cosine2, 0.25365075);
  put(at, Constant.cosine1, -1.2336982);
  put(at, Constant.cosine0, 0.99999994);
  put(at, Constant.quarterTurn, 4.656612873077393e-10);
  store<u32>(at + 4 * Constant.rootHalfBits, 0x3f3504f3);
  store<u32>(at + 4 * Constant.mantissaBits, 0x007fffff);
  store<u32>(at + 4 * Constant.signBit, 0x80000000);
  store<u32>(at + 4 * Constant.integerOne, 1);
  store<u32>(at + 4 * Constant.wordBits, 24);
}

function put(at: usize, which: Constant, value: f32): void {
  store<f32>(at + 4 * which, value);
}

export class Lanes {
  @inline static of(constants: usize, which: Constant): v128 {
    return v128.load32_splat(constants + 4 * which);
  }

  @inline static multiplyAdd(a: v128, b: v128, c: v128): v128 {
    return f32x4.add(f32x4.mul(a, b), c);
  }
}

/**
 * Box and Muller in place: vectors (2t, 2t + 1) of words become radius · cos φ and radius · sin φ with
 *
 *     radius = √(−2 ln u), u = ((word₀ >> 8) + 1) · 2⁻²⁴ = (1 + m) · 2ᵉ, 1 + m in [√½, √2)
 *     φ = π/2 · t, t = int32(word₁ << 1) · 2⁻³¹, the cosine with the sign of bit 31 of word₁
 *
 * −2 ln(1 + m) = −2m + m²·(1 + m·P(m)), P of degree 5 in Estrin's order, which halves the chain of dependent products.
 *
 * @param constants of `prepareNormal`
 */
export function toNormal(at: usize, pairs: i32, constants: usize): void {
  const one = Lanes.of(constants, Constant.one);
  const minusTwo = Lanes.of(constants, Constant.minusTwo);
  const minusTwoLn2 = Lanes.of(constants, Constant.minusTwoLn2);
  const log5 = Lanes.of(constants, Constant.log5);
  const log4 = Lanes.of(constants, Constant.log4);
  const log3 = Lanes.of(constants, Constant.log3);
  const log2 = Lanes.of(constants, Constant.log2);
  const log1 = Lanes.of(constants, Constant.log1);
  const log0 = Lanes.of(constants, Constant.log0);
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
  const rootHalfBits = Lanes.of(constants, Constant.rootHalfBits);
  const mantissaBits = Lanes.of(constants, Constant.mantissaBits);
  const signBit = Lanes.of(constants, Constant.signBit);
  const integerOne = Lanes.of(constants, Constant.integerOne);
  const wordBits = Lanes.of(constants, Constant.wordBits);
  for (; pairs > 0; pairs--) {
    const x = f32x4.convert_i32x4_s(i32x4.add(i32x4.shr_u(v128.load(at), 8), integerOne));
    // Taking √½ off the mantissa borrows from the exponent below √½.
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
    const radius = f32x4.sqrt(Lanes.multiplyAdd(e, minusTwoLn2, ln));

    const word = v128.load(at, 16);
    const t = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shl(word, 1)), quarterTurn);
    const z = f32x4.mul(t, t);
    let sine = Lanes.multiplyAdd(sine4, z, sine3);
    sine = Lanes.multiplyAdd(sine, z, sine2);
    sine = Lanes.multiplyAdd(sine, z, sine1);
    sine = Lanes.multiplyAdd(sine, z, sine0);
    let cosine = Lanes.multiplyAdd(cosine4, z, cosine3);
    cosine = Lanes.multiplyAdd(cosine, z, cosine2);
    cosine = Lanes.multiplyAdd(cosine, z, cosine1);
    cosine = Lanes.multiplyAdd(cosine, z, cosine0);
    v128.store(at, v128.xor(f32x4.mul(radius, cosine), v128.and(word, signBit)));
    v128.store(at, f32x4.mul(radius, f32x4.mul(sine, t)), 16);
    at += 32;
  }
}
