/**
 * ρ_b = (1 − min r)(1 − min c) of independent arrays [m, n], see `lineSeverity` in @txsim/ops: profiles are least at the
 * open ends.
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
    const bit = loss(n, m, g, 4, 4 * n, column, columnEnd);
    const word = loss(m, n, g + 4 * (n - 1), 4 * n, -4, row, rowEnd);
    store<f32>(out, word * bit);
    g += 4 * m * n;
    out += 4;
  }
}

/**
 * 1 − the least profile of lines that start `lineStep` apart at `g` and whose cells are `step` apart: v / (1 + v) with the
 * most volts v between an open end at 1 V and the terminal, which are summed by themselves so that nothing cancels.
 */
function loss(lines: i32, cells: i32, g: usize, lineStep: usize, step: isize, segment: f32, end: f32): f32 {
  let most: f32 = 0;
  for (; lines > 0; lines--) {
    let v: f32 = 0;
    let s: f32 = 0;
    let at = g;
    for (let cell = 0; cell < cells; cell++) {
      v += s * segment;
      s += load<f32>(at) * (1 + v);
      at += step;
    }
    most = max(most, v + s * end);
    g += lineStep;
  }
  return most / (1 + most);
}
