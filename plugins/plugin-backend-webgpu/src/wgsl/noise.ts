/**
 * Random numbers of words in the layout of @txsim/ops (`randomWords`): `txUniform` equals `fillUniform` bit for bit,
 * `txNormals`, a pair of two words, is within 2·10⁻⁶ of `fillNormal` on any driver: ln, cos and sin are polynomials, the
 * angle is exact in integers, and a Newton step makes up for a coarse √.
 */
export const noise = /* wgsl */ `
fn txUniform(word : u32) -> f32 {
  return (f32(word >> 9u) + 0.5) * 1.1920928955078125e-7;
}

fn txRoot(x : f32) -> f32 {
  let r = sqrt(x);
  return r - (r * r - x) * 0.5 / max(r, 1e-9);
}

// (cos, sin) of π · int32(word << 1) · 2⁻³², the cosine with the sign of bit 31.
fn txTurn(word : u32) -> vec2<f32> {
  let t = f32(bitcast<i32>(word << 1u)) * 4.656612873077393e-10;
  let z = t * t;
  let s = ((((1.5082056e-4 * z - 4.672228e-3) * z + 7.968848e-2) * z - 0.6459634) * z + 1.5707963) * t;
  let c = (((8.5819064e-4 * z - 2.0810628e-2) * z + 0.25365075) * z - 1.2336982) * z + 0.99999994;
  return vec2<f32>(select(c, -c, (word >> 31u) == 1u), s);
}

fn txNormals(first : u32, second : u32) -> vec2<f32> {
  let u = (f32(first >> 8u) + 1.0) * 5.9604644775390625e-8;
  return txRoot(max(-2.0 * txLnPositive(u), 0.0)) * txTurn(second);
}
`;
