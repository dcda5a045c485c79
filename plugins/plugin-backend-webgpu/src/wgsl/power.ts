/**
 * xʸ = e^(y · ln x) for x ≥ 0, relative error about 2·10⁻⁷ · (1 + |y · ln x|); x⁰ = 1, 0ʸ = 0 for y > 0 and ∞ for
 * y < 0; NaN for x < 0.
 */
export const power = /* wgsl */ `
fn txPower(x : f32, y : f32) -> f32 {
  if (y == 0.0) { return 1.0; }
  if (x == 0.0) { return select(0.0, uniforms.INFINITY, y < 0.0); }
  return txExp(y * txLn(x));
}
`;
