/**
 * Device responses as one would write them by hand, four devices at a time: what the compiled expressions of
 * `src/bench/device-responses.ts` are measured against. Conductances in microsiemens: window [1, 10], float32,
 * counts that are multiples of four, pointers in bytes.
 */
const G_MIN: f32 = 1;
const G_MAX: f32 = 10;

/** min(max(g + a·request, gMin), gMax), a = 1 upwards and 0.8 downwards */
export function constantStep(count: i32, g: usize, request: usize, out: usize): void {
  for (let end = g + 4 * count; g < end; g += 16, request += 16, out += 16) {
    const r = v128.load(request);
    const slope = v128.bitselect(f32x4.splat(1), f32x4.splat(0.8), f32x4.gt(r, f32x4.splat(0)));
    v128.store(out, Lanes.inWindow(f32x4.add(v128.load(g), f32x4.mul(slope, r))));
  }
}

/** g + (bound − g)·(1 − exp(−|request|/3)), bound = gMax upwards and gMin downwards */
export function saturating(count: i32, g: usize, request: usize, out: usize): void {
  for (let end = g + 4 * count; g < end; g += 16, request += 16, out += 16) {
    const r = v128.load(request);
    const now = v128.load(g);
    const bound = v128.bitselect(f32x4.splat(G_MAX), f32x4.splat(G_MIN), f32x4.gt(r, f32x4.splat(0)));
    const part = f32x4.sub(f32x4.splat(1), Lanes.exp(f32x4.mul(f32x4.abs(r), f32x4.splat(-1 / 3))));
    v128.store(out, Lanes.inWindow(f32x4.add(now, f32x4.mul(f32x4.sub(bound, now), part))));
  }
}

/** g + request·max(room, 10⁻⁶)^1.7, room = |bound − g|/(gMax − gMin) */
export function softBounds(count: i32, g: usize, request: usize, out: usize): void {
  for (let end = g + 4 * count; g < end; g += 16, request += 16, out += 16) {
    const r = v128.load(request);
    const now = v128.load(g);
    const bound = v128.bitselect(f32x4.splat(G_MAX), f32x4.splat(G_MIN), f32x4.gt(r, f32x4.splat(0)));
    const room = f32x4.mul(f32x4.abs(f32x4.sub(bound, now)), f32x4.splat(1 / (G_MAX - G_MIN)));
    const ln = Lanes.log(f32x4.pmax(room, f32x4.splat(1e-6)));
    const step = f32x4.mul(r, Lanes.exp(f32x4.mul(f32x4.splat(1.7), ln)));
    v128.store(out, Lanes.inWindow(f32x4.add(now, step)));
  }
}

/** Functions of four numbers. */
class Lanes {
  @inline static inWindow(g: v128): v128 {
    return f32x4.pmin(f32x4.pmax(g, f32x4.splat(G_MIN)), f32x4.splat(G_MAX));
  }

  /** a·x + b */
  @inline static add(a: v128, x: v128, b: f32): v128 {
    return f32x4.add(f32x4.mul(a, x), f32x4.splat(b));
  }

  /**
   * eˣ for −87 ≤ x ≤ 88: x = n·ln 2 + r, n in the low bits after the addition of 1.5·2²³; a cubic for
   * (eʳ − 1 − r)/r², |r| ≤ ln 2 / 2, which leaves 1.1·10⁻⁷ of eʳ.
   */
  @inline static exp(x: v128): v128 {
    const rounder = f32x4.splat(12582912);
    const rounded = f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504)), rounder);
    const n = f32x4.sub(rounded, rounder);
    const coarse = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
    const r = f32x4.add(coarse, f32x4.mul(n, f32x4.splat(2.1219444e-4)));
    let p = f32x4.splat(8.3125252e-3);
    p = Lanes.add(p, r, 4.1890115e-2);
    p = Lanes.add(p, r, 1.6667114e-1);
    p = Lanes.add(p, r, 4.9999231e-1);
    const y = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
    // The low bits of 1.5·2²³ are zero: shifting leaves n alone in the exponent.
    return i32x4.add(y, i32x4.shl(rounded, 23));
  }

  /** ln x for normal x > 0: x = m·2ᵉ, √½ ≤ m < √2; the polynomial of Cephes (S. Moshier, logf). */
  @inline static log(x: v128): v128 {
    const shifted = i32x4.sub(x, i32x4.splat(0x3f3504f3));
    const e = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
    const mantissa = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
    const m = f32x4.sub(mantissa, f32x4.splat(1));
    let p = f32x4.splat(7.0376836292e-2);
    p = Lanes.add(p, m, -1.151461031e-1);
    p = Lanes.add(p, m, 1.167699874e-1);
    p = Lanes.add(p, m, -1.2420140846e-1);
    p = Lanes.add(p, m, 1.4249322787e-1);
    p = Lanes.add(p, m, -1.6668057665e-1);
    p = Lanes.add(p, m, 2.0000714765e-1);
    p = Lanes.add(p, m, -2.4999993993e-1);
    p = Lanes.add(p, m, 3.3333331174e-1);
    const z = f32x4.mul(m, m);
    let y = f32x4.mul(f32x4.mul(p, m), z);
    y = f32x4.add(f32x4.mul(e, f32x4.splat(-2.1219444e-4)), y);
    y = f32x4.sub(y, f32x4.mul(z, f32x4.splat(0.5)));
    return f32x4.add(f32x4.add(m, y), f32x4.mul(e, f32x4.splat(0.693359375)));
  }
}
