/** Box and Muller on words, four lanes at a time; polynomials from Cephes (S. Moshier: logf, sinf, cosf). */
class Lanes {
  @inline static fma(a: v128, b: v128, c: v128): v128 {
    return f32x4.add(f32x4.mul(a, b), c);
  }

  /** √(−2 ln u), u = ((word >> 8) + 1) · 2⁻²⁴, in (0, 1]. */
  @inline static radius(word: v128): v128 {
    const integer = i32x4.add(i32x4.shr_u(word, 8), i32x4.splat(1));
    const x = f32x4.convert_i32x4_s(integer);
    // x = m · 2ᵉ with m in [√½, √2): adding 1 − √½ to the mantissa carries into the exponent from √2 on.
    const shifted = i32x4.sub(x, i32x4.splat(0x3f3504f3));
    const e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(shifted, 23), i32x4.splat(24)));
    const m = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
    return f32x4.sqrt(f32x4.mul(Lanes.logarithm(f32x4.sub(m, f32x4.splat(1)), e), f32x4.splat(-2)));
  }

  /** ln(1 + m) + e · ln 2 for 1 + m in [√½, √2). */
  @inline static logarithm(m: v128, e: v128): v128 {
    const z = f32x4.mul(m, m);
    let y = f32x4.splat(7.0376836292e-2);
    y = Lanes.fma(y, m, f32x4.splat(-1.151461031e-1));
    y = Lanes.fma(y, m, f32x4.splat(1.167699874e-1));
    y = Lanes.fma(y, m, f32x4.splat(-1.2420140846e-1));
    y = Lanes.fma(y, m, f32x4.splat(1.4249322787e-1));
    y = Lanes.fma(y, m, f32x4.splat(-1.6668057665e-1));
    y = Lanes.fma(y, m, f32x4.splat(2.0000714765e-1));
    y = Lanes.fma(y, m, f32x4.splat(-2.4999993993e-1));
    y = Lanes.fma(y, m, f32x4.splat(3.3333331174e-1));
    y = f32x4.mul(f32x4.mul(y, m), z);
    y = Lanes.fma(e, f32x4.splat(-2.1219444e-4), y);
    y = Lanes.fma(z, f32x4.splat(-0.5), y);
    return Lanes.fma(e, f32x4.splat(0.693359375), f32x4.add(m, y));
  }

  /** sin x for |x| ≤ π/4, z = x². */
  @inline static sine(x: v128, z: v128): v128 {
    let y = Lanes.fma(f32x4.splat(-1.9515295891e-4), z, f32x4.splat(8.3321608736e-3));
    y = Lanes.fma(y, z, f32x4.splat(-1.6666654611e-1));
    return Lanes.fma(y, f32x4.mul(z, x), x);
  }

  /** cos x for |x| ≤ π/4, z = x². */
  @inline static cosine(z: v128): v128 {
    let y = Lanes.fma(f32x4.splat(2.443315711809948e-5), z, f32x4.splat(-1.388731625493765e-3));
    y = Lanes.fma(y, z, f32x4.splat(4.166664568298827e-2));
    return Lanes.fma(y, f32x4.mul(z, z), Lanes.fma(z, f32x4.splat(-0.5), f32x4.splat(1)));
  }
}

/** In place: vectors (2t, 2t + 1) of words become radius · cos(angle), radius · sin(angle). */
export function toNormal(at: usize, pairs: i32): void {
  for (; pairs > 0; pairs--) {
    const radius = Lanes.radius(v128.load(at));
    const word = v128.load(at, 16);
    // The nearest quadrant, and the angle from it: integers, so nothing is lost in the reduction.
    const quadrant = i32x4.shr_u(i32x4.add(word, i32x4.splat(0x20000000)), 30);
    const rest = i32x4.sub(word, i32x4.shl(quadrant, 30));
    const x = f32x4.mul(f32x4.convert_i32x4_s(rest), f32x4.splat(1.4629180792671596e-9));
    const z = f32x4.mul(x, x);
    const sine = Lanes.sine(x, z);
    const cosine = Lanes.cosine(z);
    const swap = i32x4.shr_s(i32x4.shl(quadrant, 31), 31);
    const sineSign = i32x4.shl(v128.and(quadrant, i32x4.splat(2)), 30);
    const turned = i32x4.add(quadrant, i32x4.splat(1));
    const cosineSign = i32x4.shl(v128.and(turned, i32x4.splat(2)), 30);
    const c = v128.xor(v128.bitselect(sine, cosine, swap), cosineSign);
    const s = v128.xor(v128.bitselect(cosine, sine, swap), sineSign);
    v128.store(at, f32x4.mul(radius, c));
    v128.store(at, f32x4.mul(radius, s), 16);
    at += 32;
  }
}
