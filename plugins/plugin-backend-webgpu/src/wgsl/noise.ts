/**
 * Blocks of random numbers in the layout of @txsim/ops (`randomWords`): block b of a draw holds the elements
 * 16 · (b >> 2) + (b & 3) + {0, 4, 8, 12}, one in each word.
 *
 * `txUniforms` equals `fillUniform` bit for bit, `txNormals` is within 2·10⁻⁶ of `fillNormal` on any driver: ln, cos
 * and sin are polynomials (those of Cephes `logf`, `cosf`, `sinf`), the angle is reduced to ±1/8 turn in integers, and a
 * Newton step makes up for a coarse √.
 */
export const noise = /* wgsl */ `
fn txUniforms(block : u32, key : vec2<u32>, draw : vec2<u32>) -> vec4<f32> {
  let words = txPhilox(vec4<u32>(block, draw.x, 0u, draw.y), key);
  return (vec4<f32>(words >> vec4<u32>(9u)) + 0.5) * 1.1920928955078125e-7;
}

fn txRoot(x : f32) -> f32 {
  let r = sqrt(x);
  return r - (r * r - x) * 0.5 / max(r, 1e-9);
}

// (cos, sin) of word · 2⁻³² turns.
fn txTurn(word : u32) -> vec2<f32> {
  let quarter = (word + 0x20000000u) >> 30u;
  let t = f32(bitcast<i32>(word - (quarter << 30u))) * 1.4629180792671596e-9;
  let z = t * t;
  let s = ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1) * z * t + t;
  let c = ((2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2) * z * z - 0.5 * z + 1.0;
  let odd = (quarter & 1u) == 1u;
  let cosine = select(c, s, odd);
  let sine = select(s, c, odd);
  return vec2<f32>(
    select(cosine, -cosine, quarter == 1u || quarter == 2u),
    select(sine, -sine, quarter >= 2u),
  );
}

fn txPair(first : u32, second : u32) -> vec2<f32> {
  let u = (f32(first >> 8u) + 1.0) * 5.9604644775390625e-8;
  return txRoot(max(-2.0 * txLnPositive(u), 0.0)) * txTurn(second);
}

fn txNormals(block : u32, key : vec2<u32>, draw : vec2<u32>) -> vec4<f32> {
  let words = txPhilox(vec4<u32>(block, draw.x, 1u, draw.y), key);
  return vec4<f32>(txPair(words.x, words.y), txPair(words.z, words.w));
}
`;
