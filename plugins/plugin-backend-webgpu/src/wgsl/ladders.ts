/**
 * The voltage profiles of single lines, as `columnLadder` of @txsim/ops makes them. A thread walks one line: the first
 * arrays · columns threads walk bit lines from row 0 down, the others word lines from the last column to the first.
 *
 * result: c[arrays, rows, columns], r[arrays, rows, columns], Γ[arrays, columns], ρ[arrays, rows], one after another.
 */
export const ladders = /* wgsl */ `
fn txLadder(first : u32, step : u32, length : u32, segment : f32, end : f32, into : u32, out : u32) {
  var drop = 1.0;
  var current = 0.0;
  var at = first;
  for (var i = 0u; i < length; i++) {
    result[into + at] = drop;
    current += g[at] * drop;
    if (i + 1u < length) { drop += current * segment; }
    at += step;
  }
  let scale = 1.0 / (drop + current * end);
  at = first;
  for (var i = 0u; i < length; i++) {
    result[into + at] *= scale;
    at += step;
  }
  result[out] = current * scale;
}

fn main(index : i32) {
  let line = u32(index);
  let M = uniforms.rows;
  let N = uniforms.columns;
  let cells = uniforms.arrays * M * N;
  let bitLines = uniforms.arrays * N;
  if (line < bitLines) {
    let first = line / N * M * N + line % N;
    txLadder(first, N, M, uniforms.columnSegment, uniforms.columnEnd, 0u, 2u * cells + line);
  } else if (line < bitLines + uniforms.arrays * M) {
    let first = (line - bitLines) * N + N - 1u;
    txLadder(first, 0xffffffffu, N, uniforms.rowSegment, uniforms.rowEnd, cells, 2u * cells + line);
  }
}
`;
