/**
 * Box and Muller on words, four lanes at a time. The polynomials are minimax fits, weighted by their effect on the
 * normal number: they add at most 1·10⁻⁷ (radius) and 3·10⁻⁷ (angle) to what float32 loses.
 */
class Lanes {
  @inline static multiplyAdd(a: v128, b: v128, c: v128): v128 {
    return f32x4.add(f32x4.mul(a, b), c);
  }

  /** √(−2 ln u), u = ((word >> 8) + 1) · 2⁻²⁴, in (0, 1]. */
  @inline static radius(word: v128): v128 {
    const x = f32x4.convert_i32x4_s(i32x4.add(i32x4.shr_u(word, 8), i32x4.splat(1)));
    // x = (1 + m) · 2ᵉ with 1 + m in [√½, √2): taking √½ off the mantissa borrows from the exponent below √½.
    const shifted = i32x4.sub(x, i32x4.splat(0x3f3504f3));
    const e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(shifted, 23), i32x4.splat(24)));
    const mantissa = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
    const m = f32x4.sub(mantissa, f32x4.splat(1));
    return f32x4.sqrt(Lanes.multiplyAdd(e, f32x4.splat(-1.3862943611), Lanes.logarithm(m)));
  }

  /** −2 ln(1 + m) for 1 + m in [√½, √2). */
  @inline static logarithm(m: v128): v128 {
    let y = Lanes.multiplyAdd(f32x4.splat(0.20414107), m, f32x4.splat(-0.321705));
    y = Lanes.multiplyAdd(y, m, f32x4.splat(0.34306404));
    y = Lanes.multiplyAdd(y, m, f32x4.splat(-0.39834443));
    y = Lanes.multiplyAdd(y, m, f32x4.splat(0.49963686));
    y = Lanes.multiplyAdd(y, m, f32x4.splat(-0.6666893));
    y = Lanes.multiplyAdd(y, m, f32x4.splat(1));
    return Lanes.multiplyAdd(f32x4.mul(m, m), y, f32x4.mul(m, f32x4.splat(-2)));
  }

  /** sin(π/2 · t) for |t| ≤ 1, z = t². */
  @inline static sine(t: v128, z: v128): v128 {
    let y = Lanes.multiplyAdd(f32x4.splat(0.00015082056), z, f32x4.splat(-0.004672228));
    y = Lanes.multiplyAdd(y, z, f32x4.splat(0.07968848));
    y = Lanes.multiplyAdd(y, z, f32x4.splat(-0.6459634));
    y = Lanes.multiplyAdd(y, z, f32x4.splat(1.5707963));
    return f32x4.mul(y, t);
  }

  /** cos(π/2 · t) for |t| ≤ 1, z = t². */
  @inline static cosine(z: v128): v128 {
    let y = Lanes.multiplyAdd(f32x4.splat(0.00085819064), z, f32x4.splat(-0.020810628));
    y = Lanes.multiplyAdd(y, z, f32x4.splat(0.25365075));
    y = Lanes.multiplyAdd(y, z, f32x4.splat(-1.2336982));
    return Lanes.multiplyAdd(y, z, f32x4.splat(0.99999994));
  }
}

/**
 * In place: vectors (2t, 2t + 1) of words become radius · cos φ and radius · sin φ, φ = π · int32(word₁ << 1) · 2⁻³², the
 * cosine with the sign of bit 31 of word₁.
 */
export function toNormal(at: usize, pairs: i32): void {
  for (; pairs > 0; pairs--) {
    const radius = Lanes.radius(v128.load(at));
    const word = v128.load(at, 16);
    const t = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shl(word, 1)), f32x4.splat(4.656612873077393e-10));
    const z = f32x4.mul(t, t);
    const sign = v128.and(word, i32x4.splat(0x80000000));
    v128.store(at, v128.xor(f32x4.mul(radius, Lanes.cosine(z)), sign));
    v128.store(at, f32x4.mul(radius, Lanes.sine(t, z)), 16);
    at += 32;
  }
}
