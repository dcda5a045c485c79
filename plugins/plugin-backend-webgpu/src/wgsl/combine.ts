/** Geff = r·G·c + p (κ·q)ᵀ, a thread per cell, from the results of `ladders` and `sneak`. */
export const combine = /* wgsl */ `
fn main(index : i32) {
  let at = u32(index);
  let M = uniforms.rows;
  let N = uniforms.columns;
  let cells = uniforms.arrays * M * N;
  if (at >= cells) { return; }
  let line = at / N;
  let q = uniforms.arrays * M + line / M * N + at % N;
  result[at] = g[at] * ladders[at] * ladders[cells + at] + sneak[line] * sneak[q];
}
`;
