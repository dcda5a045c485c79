/**
 * eˣ in float32 without the driver's `exp`: n = round(x / ln 2), r = x − n · ln 2 with ln 2 in two parts, a polynomial
 * of degree 7 in r, and 2ⁿ as the product of two factors, so that results may be subnormal. Relative error ≤ 2·10⁻⁷.
 * Source: Moshier, Cephes Mathematical Library, `expf`.
 */
export const exponential = /* wgsl */ `
fn txExp(x : f32) -> f32 {
  if (isnan(x)) { return x; }
  let t = clamp(x, -104.0, 89.0);
  let n = round(t * 1.44269504);
  let r = (t - n * 0.693359375) + n * 2.12194440e-4;
  var p = 1.9875691500e-4 * r + 1.3981999507e-3;
  p = p * r + 8.3334519073e-3;
  p = p * r + 4.1665795894e-2;
  p = p * r + 1.6666665459e-1;
  p = p * r + 5.0000001201e-1;
  p = p * r * r + r + 1.0;
  let half = i32(n) / 2;
  let rest = i32(n) - half;
  return p * bitcast<f32>(u32(half + 127) << 23u) * bitcast<f32>(u32(rest + 127) << 23u);
}
`;
