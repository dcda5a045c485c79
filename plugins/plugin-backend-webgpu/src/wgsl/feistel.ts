/**
 * The Feistel generator in WGSL, bit for bit `feistel` of @txsim/ops: `txFeistel(counter, key)` gives the two words of a
 * counter.
 */
export const feistel = /* wgsl */ `
fn txFold(word : u32, multiplier : u32, shift : u32) -> u32 {
  let product = word * multiplier;
  return product ^ (product >> shift);
}

fn txFeistel(counter : u32, key : vec4<u32>) -> vec2<u32> {
  var left = counter + key.x;
  var right = key.y ^ txFold(left, 0x9e3779b1u, 15u);
  left = (left + txFold(right, 0x85ebca6bu, 16u)) ^ key.z;
  right = (right + txFold(left, 0xc2b2ae35u, 15u)) ^ key.w;
  left += txFold(right, 0x27d4eb2fu, 16u);
  right += txFold(left, 0xac4c1b51u, 15u);
  return vec2<u32>(left, right);
}
`;
