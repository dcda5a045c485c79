/**
 * ρ_b = (1 − min r)(1 − min c) of independent arrays [m, n], see `lineSeverity` in @txsim/ops: profiles are least at the
 * open ends, where they are `scale`.
 */
export function lineSeverity(
  arrays: i32,
  m: i32,
  n: i32,
  g: usize,
  row: f32,
  column: f32,
  rowEnd: f32,
  columnEnd: f32,
  out: usize,
): void {
  for (; arrays > 0; arrays--) {
    const c = least(n, m, g, 4, 4 * n, column, columnEnd);
    const r = least(m, n, g + 4 * (n - 1), 4 * n, -4, row, rowEnd);
    store<f32>(out, (1 - r) * (1 - c));
    g += 4 * m * n;
    out += 4;
  }
}

/** The least profile of lines that start `lineStep` apart at `g` and whose cells are `step` apart. */
function least(lines: i32, cells: i32, g: usize, lineStep: usize, step: isize, segment: f32, end: f32): f32 {
  let smallest: f32 = 1;
  for (; lines > 0; lines--) {
    let u: f32 = 1;
    let s: f32 = 0;
    let at = g;
    for (let cell = 0; cell < cells; cell++) {
      u += s * segment;
      s += load<f32>(at) * u;
      at += step;
    }
    smallest = min(smallest, 1 / (u + s * end));
    g += lineStep;
  }
  return smallest;
}
