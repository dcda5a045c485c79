/**
 * ln x in float32 without the driver's `log`, whose error WGSL leaves at 2⁻²¹ and some drivers at 5·10⁻⁴.
 *
 * x = m · 2ᵉ with m in [√½, √2) and f = m − 1: ln x = f − f²/2 + f³ · P(f) + e · ln 2, ln 2 in two parts.
 * Relative error ≤ 2·10⁻⁷. P: Moshier, Cephes Mathematical Library, `logf`.
 *
 * `txLnPositive(x)` for finite x > 0, subnormal ones included; `txLn(x)` for all x: −∞ at 0, NaN below.
 */
export const logarithm = /* wgsl */ `
fn txLnPositive(x : f32) -> f32 {
  let given = bitcast<u32>(x);
  let subnormal = given < 0x00800000u;
  let bits = select(given, bitcast<u32>(f32(given)), subnormal);
  let shifted = bits - 0x3f3504f3u;
  let e = f32(bitcast<i32>(shifted) >> 23u) - select(0.0, 149.0, subnormal);
  let f = bitcast<f32>((shifted & 0x007fffffu) + 0x3f3504f3u) - 1.0;
  let z = f * f;
  var p = 7.0376836292e-2 * f - 1.1514610310e-1;
  p = p * f + 1.1676998740e-1;
  p = p * f - 1.2420140846e-1;
  p = p * f + 1.4249322787e-1;
  p = p * f - 1.6668057665e-1;
  p = p * f + 2.0000714765e-1;
  p = p * f - 2.4999993993e-1;
  p = p * f + 3.3333331174e-1;
  return (f + (p * f * z - 0.5 * z - 2.12194440e-4 * e)) + 0.693359375 * e;
}

fn txLn(x : f32) -> f32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) == 0u) { return -uniforms.INFINITY; }
  if (bits > 0x7f800000u) { return uniforms.NAN; }
  if (bits == 0x7f800000u) { return x; }
  return txLnPositive(x);
}
`;
