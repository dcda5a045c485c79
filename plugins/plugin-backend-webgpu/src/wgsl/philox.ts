/**
 * Philox4x32-10 in WGSL, bit for bit `philox` of @txsim/ops. WGSL has no 64-bit integers: the high word of a product
 * is put together from products of 16-bit halves.
 *
 * `txPhilox(counter, key)` gives the four words of a block.
 */
export const philox = /* wgsl */ `
fn txMultiplyHigh(a : u32, b : u32) -> u32 {
  let al = a & 0xffffu;
  let ah = a >> 16u;
  let bl = b & 0xffffu;
  let bh = b >> 16u;
  let middle = ah * bl + ((al * bl) >> 16u);
  let cross = al * bh + (middle & 0xffffu);
  return ah * bh + (middle >> 16u) + (cross >> 16u);
}

fn txPhilox(counter : vec4<u32>, key : vec2<u32>) -> vec4<u32> {
  var c = counter;
  var k = key;
  for (var round = 0; round < 10; round++) {
    let high0 = txMultiplyHigh(0xd2511f53u, c.x);
    let high1 = txMultiplyHigh(0xcd9e8d57u, c.z);
    c = vec4<u32>(high1 ^ c.y ^ k.x, 0xcd9e8d57u * c.z, high0 ^ c.w ^ k.y, 0xd2511f53u * c.x);
    k += vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}
`;
