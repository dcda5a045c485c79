/** `txEffective`, Geff = r·G·c + p (κ·q)ᵀ of a cell, from the results of `ladders` and `sneak`. */
export const combine = /* wgsl */ `
fn txEffective(at : u32) -> f32 {
  let M = uniforms.rows;
  let N = uniforms.columns;
  let line = at / N;
  let q = uniforms.arrays * M + line / M * N + at % N;
  let cells = uniforms.arrays * M * N;
  return g[at] * ladders[at] * ladders[cells + at] + sneak[line] * sneak[q];
}
`;
