import { SNEAK_THREADS } from './sneak.js';

/**
 * Sneak paths of rank four, one workgroup per array, as `rankFourOf` of @txsim/ops: moments of the eight potentials, the
 * inverse of their energies, and what feeds and what drains them.
 *
 * result: p0[arrays, rows], p1[arrays, rows], q0[arrays, columns], q1[arrays, columns], answer[arrays, 4, 4] with a row
 * for each bit-line mode, one after another.
 */
export const sneakFour = /* wgsl */ `
var<workgroup> sums : array<f32, ${SNEAK_THREADS}>;

fn txCoordinate(k : u32, lines : u32) -> f32 {
  if (lines < 2u) { return 0.0; }
  return 2.0 * f32(k) / f32(lines - 1u) - 1.0;
}

fn txStiffness(cells : u32, segment : f32) -> f32 {
  if (cells < 2u || segment == 0.0) { return 0.0; }
  let step = 2.0 / f32(cells - 1u);
  return step * step / segment;
}

fn txInvert(e : ptr<function, array<f32, 64>>, wordVaries : bool, bitVaries : bool) {
  var scale : array<f32, 8>;
  for (var k = 0u; k < 8u; k++) {
    let varies = select((k & 2u) == 0u || bitVaries, (k & 1u) == 0u || wordVaries, k < 4u);
    let diagonal = (*e)[9u * k];
    scale[k] = 0.0;
    if (varies && diagonal > 0.0) { scale[k] = inverseSqrt(diagonal); }
  }
  for (var k = 0u; k < 64u; k++) { (*e)[k] *= scale[k / 8u] * scale[k % 8u]; }
  for (var k = 0u; k < 8u; k++) {
    let pivot = (*e)[9u * k];
    let sound = pivot > 1e-6;
    let inverse = select(0.0, 1.0 / max(pivot, 1e-6), sound);
    for (var i = 0u; i < 8u; i++) {
      if (i == k) { continue; }
      let factor = (*e)[8u * i + k] * inverse;
      for (var j = 0u; j < 8u; j++) {
        if (j != k) { (*e)[8u * i + j] -= factor * (*e)[8u * k + j]; }
      }
    }
    for (var i = 0u; i < 8u; i++) {
      if (i == k) { continue; }
      (*e)[8u * i + k] *= inverse;
      (*e)[8u * k + i] = (*e)[8u * i + k];
    }
    (*e)[9u * k] = -inverse;
  }
  for (var k = 0u; k < 64u; k++) { (*e)[k] *= -scale[k / 8u] * scale[k % 8u]; }
}

fn main(index : i32) {
  let plane = u32(index) / ${SNEAK_THREADS}u;
  let inside = plane < uniforms.arrays;
  let M = select(0u, uniforms.rows, inside);
  let N = select(0u, uniforms.columns, inside);
  let cells = uniforms.arrays * uniforms.rows * uniforms.columns;
  let ps = uniforms.arrays * uniforms.rows;
  let qs = uniforms.arrays * uniforms.columns;
  // Of word lines, bit lines and both, 3 a + b: Σ x^a y^b; then the strain of word lines, x^a, and of bit lines, y^b.
  var moments : array<f32, 33>;
  for (var k = 0u; k < 33u; k++) { moments[k] = 0.0; }
  for (var i = localIndex; i < M; i += ${SNEAK_THREADS}u) {
    var word = vec3<f32>(0.0);
    var bit = vec3<f32>(0.0);
    var both = vec3<f32>(0.0);
    var strain = 0.0;
    var ahead = 0.0;
    for (var back = 0u; back < N; back++) {
      let j = N - 1u - back;
      let at = (plane * M + i) * N + j;
      let y = txCoordinate(j, N);
      let powers = vec3<f32>(1.0, y, y * y);
      let w = 1.0 - ladders[cells + at];
      let z = 1.0 - ladders[at];
      word += g[at] * w * powers;
      bit += g[at] * z * powers;
      both += g[at] * w * z * powers;
      strain += w * ahead;
      ahead = w;
    }
    result[plane * M + i] = bit.x - both.x;
    result[ps + plane * M + i] = bit.y - both.y;
    let x = txCoordinate(i, M);
    var power = 1.0;
    for (var a = 0u; a < 3u; a++) {
      for (var b = 0u; b < 3u; b++) {
        moments[3u * a + b] += power * word[b];
        moments[9u + 3u * a + b] += power * bit[b];
        moments[18u + 3u * a + b] += power * both[b];
      }
      moments[27u + a] += power * strain;
      power *= x;
    }
  }
  for (var j = localIndex; j < N; j += ${SNEAK_THREADS}u) {
    var gained = vec2<f32>(0.0);
    var strain = 0.0;
    var above = 0.0;
    for (var i = 0u; i < M; i++) {
      let at = (plane * M + i) * N + j;
      let gain = g[at] * (1.0 - ladders[cells + at]) * ladders[at];
      gained += gain * vec2<f32>(1.0, txCoordinate(i, M));
      let z = 1.0 - ladders[at];
      strain += z * above;
      above = z;
    }
    result[2u * ps + plane * N + j] = gained.x;
    result[2u * ps + qs + plane * N + j] = gained.y;
    let y = txCoordinate(j, N);
    moments[30] += strain;
    moments[31] += strain * y;
    moments[32] += strain * y * y;
  }
  for (var k = 0u; k < 33u; k++) {
    sums[localIndex] = moments[k];
    workgroupBarrier();
    for (var half = ${SNEAK_THREADS / 2}u; half > 0u; half /= 2u) {
      if (localIndex < half) { sums[localIndex] += sums[localIndex + half]; }
      workgroupBarrier();
    }
    moments[k] = sums[0];
    workgroupBarrier();
  }
  if (localIndex > 0u || !inside) { return; }
  let wordStiff = txStiffness(N, uniforms.rowSegment);
  let bitStiff = txStiffness(M, uniforms.columnSegment);
  var energy : array<f32, 64>;
  for (var k = 0u; k < 16u; k++) {
    let m = k / 4u;
    let n = k % 4u;
    let a = m / 2u + n / 2u;
    let b = m % 2u + n % 2u;
    let ab = 3u * a + b;
    energy[8u * m + n] = moments[ab] + select(0.0, wordStiff * moments[27u + a], b == 2u);
    energy[8u * m + n + 36u] = moments[9u + ab] + select(0.0, bitStiff * moments[30u + b], a == 2u);
    energy[8u * m + n + 4u] = -moments[18u + ab];
    energy[8u * m + n + 32u] = -moments[18u + ab];
  }
  txInvert(&energy, wordStiff > 0.0, bitStiff > 0.0);
  let answers = 2u * (ps + qs) + plane * 16u;
  for (var k = 0u; k < 16u; k++) { result[answers + k] = energy[8u * (k / 4u) + 32u + k % 4u]; }
}
`;

/** `txEffective`, Geff = r·G·c + Σ p_n answer[n, m] q_m of a cell, from the results of `ladders` and `sneakFour`. */
export const combineFour = /* wgsl */ `
fn txEffective(at : u32) -> f32 {
  let M = uniforms.rows;
  let N = uniforms.columns;
  let cells = uniforms.arrays * M * N;
  let line = at / N;
  let plane = line / M;
  let ps = uniforms.arrays * M;
  let qs = uniforms.arrays * N;
  let column = 2u * ps + plane * N + at % N;
  var x = 0.0;
  if (M > 1u) { x = 2.0 * f32(line % M) / f32(M - 1u) - 1.0; }
  var y = 0.0;
  if (N > 1u) { y = 2.0 * f32(at % N) / f32(N - 1u) - 1.0; }
  let p = vec4<f32>(sneak[line], sneak[ps + line], x * sneak[line], x * sneak[ps + line]);
  let q = vec4<f32>(sneak[column], y * sneak[column], sneak[column + qs], y * sneak[column + qs]);
  let answers = 2u * (ps + qs) + plane * 16u;
  var paths = 0.0;
  for (var n = 0u; n < 4u; n++) {
    let answer = answers + 4u * n;
    let modes = vec4<f32>(sneak[answer], sneak[answer + 1u], sneak[answer + 2u], sneak[answer + 3u]);
    paths += p[n] * dot(modes, q);
  }
  return g[at] * ladders[at] * ladders[cells + at] + paths;
}
`;
