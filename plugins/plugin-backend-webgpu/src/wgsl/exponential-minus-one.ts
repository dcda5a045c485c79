/**
 * eˣ − 1 without cancellation: x = n · ln 2 + r as in `txExp`, then 2 · ((eʳ − 1) · s + s − ½) with s = 2ⁿ⁻¹. Relative error
 * about 3·10⁻⁷; the polynomial is a minimax fit of (eʳ − 1 − r)/r².
 */
export const exponentialMinusOne = /* wgsl */ `
fn txExpm1(x : f32) -> f32 {
  if (isnan(x)) { return x; }
  let t = clamp(x, -87.0, 89.0);
  let n = round(t * 1.44269504);
  let r = (t - n * 0.693359375) + n * 2.12194440e-4;
  let p = ((8.3125252e-3 * r + 4.1890115e-2) * r + 1.6667114e-1) * r + 4.9999231e-1;
  let s = bitcast<f32>(u32(i32(n) + 126) << 23u);
  return 2.0 * ((p * r * r + r) * s + (s - 0.5));
}
`;
