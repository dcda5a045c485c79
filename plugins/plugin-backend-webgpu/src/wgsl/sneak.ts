/** Threads of the workgroup that works on one array. */
export const SNEAK_THREADS = 128;

/**
 * The amplitude of an array's sneak paths, one workgroup per array: p = ρ − Σⱼ B, q = Γ − Σᵢ B with B = r·G·c, and κ
 * with the guard of the reference. result: p[arrays, rows], κ·q[arrays, columns], one after another.
 */
export const sneak = /* wgsl */ `
// ΣG, Σρ, ΣΓ, ΣB of each thread.
var<workgroup> sums : array<vec4<f32>, ${SNEAK_THREADS}>;

fn txKappa(s : vec4<f32>) -> f32 {
  let a = s.x - s.y;
  let d = s.x - s.z;
  let w = a - s.z + s.w;
  let determinant = a * d - w * w;
  if (w > 0.0 && determinant > s.x * s.x * 1e-12) { return w / determinant; }
  return 0.0;
}

fn main(index : i32) {
  let plane = u32(index) / ${SNEAK_THREADS}u;
  let inside = plane < uniforms.arrays;
  let M = select(0u, uniforms.rows, inside);
  let N = select(0u, uniforms.columns, inside);
  let cells = uniforms.arrays * uniforms.rows * uniforms.columns;
  let gammas = 2u * cells + plane * N;
  let rhos = 2u * cells + uniforms.arrays * uniforms.columns + plane * M;
  let ps = plane * M;
  let qs = uniforms.arrays * uniforms.rows + plane * N;
  var sum = vec4<f32>(0.0);
  for (var i = localIndex; i < M; i += ${SNEAK_THREADS}u) {
    var row = vec2<f32>(0.0);
    for (var j = 0u; j < N; j++) {
      let at = (plane * M + i) * N + j;
      row += vec2<f32>(g[at], g[at] * ladders[at] * ladders[cells + at]);
    }
    let rho = ladders[rhos + i];
    result[ps + i] = rho - row.y;
    sum += vec4<f32>(row.x, rho, 0.0, row.y);
  }
  for (var j = localIndex; j < N; j += ${SNEAK_THREADS}u) {
    var column = 0.0;
    for (var i = 0u; i < M; i++) {
      let at = (plane * M + i) * N + j;
      column += g[at] * ladders[at] * ladders[cells + at];
    }
    let gamma = ladders[gammas + j];
    result[qs + j] = gamma - column;
    sum.z += gamma;
  }
  sums[localIndex] = sum;
  workgroupBarrier();
  for (var half = ${SNEAK_THREADS / 2}u; half > 0u; half /= 2u) {
    if (localIndex < half) { sums[localIndex] += sums[localIndex + half]; }
    workgroupBarrier();
  }
  let kappa = txKappa(sums[0]);
  for (var j = localIndex; j < N; j += ${SNEAK_THREADS}u) { result[qs + j] *= kappa; }
}
`;
