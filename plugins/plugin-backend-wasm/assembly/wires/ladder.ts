/**
 * Lines of resistive segments, open at the first cell and held behind the last one, every cell driven by 1 V. Line by
 * line: u₀ = 1, s = Σ g·u, u ← u + segment·s from cell to cell. Four cells of all lines at a time: other lines fill the
 * latency of the recursion, u and s of each waiting in `scale` and `current`. Both counts are multiples of four.
 *
 * profile[cell, line] = u (1 at the open end); scale[line] = 1 / (u_last + end·s); current[line] = s · scale[line].
 * The fraction of the drive that a cell sees is profile · scale.
 *
 * @param step bytes from one cell of a line to the next, in `g` and in `profile`; negative to walk backwards
 */
export function ladder(
  cells: i32,
  lines: i32,
  g: usize,
  profile: usize,
  step: isize,
  segment: f32,
  end: f32,
  scale: usize,
  current: usize,
): void {
  openEnds(lines, scale, current);
  const r = f32x4.splat(segment);
  for (; cells > 0; cells -= 4) {
    for (let line = 0; line < lines; line += 4) {
      const at: usize = 4 * line;
      let cell = g + at;
      let to = profile + at;
      let s = v128.load(current + at);
      let u = f32x4.add(v128.load(scale + at), f32x4.mul(s, r));
      v128.store(to, u);
      s = f32x4.add(s, f32x4.mul(v128.load(cell), u));
      cell += step;
      to += step;
      u = f32x4.add(u, f32x4.mul(s, r));
      v128.store(to, u);
      s = f32x4.add(s, f32x4.mul(v128.load(cell), u));
      cell += step;
      to += step;
      u = f32x4.add(u, f32x4.mul(s, r));
      v128.store(to, u);
      s = f32x4.add(s, f32x4.mul(v128.load(cell), u));
      cell += step;
      to += step;
      u = f32x4.add(u, f32x4.mul(s, r));
      v128.store(to, u);
      s = f32x4.add(s, f32x4.mul(v128.load(cell), u));
      v128.store(scale + at, u);
      v128.store(current + at, s);
    }
    g += 4 * step;
    profile += 4 * step;
  }
  closeEnds(lines, end, scale, current);
}

/** u = 1, s = 0 */
export function openEnds(lines: i32, scale: usize, current: usize): void {
  for (let at: usize = 0; at < 4 * <usize>lines; at += 16) {
    v128.store(scale + at, f32x4.splat(1));
    v128.store(current + at, f32x4.splat(0));
  }
}

/** From the u and s of the last cells to the `scale` and `current` of lines held at 1 V behind `end`. */
export function closeEnds(lines: i32, end: f32, scale: usize, current: usize): void {
  const e = f32x4.splat(end);
  for (let at: usize = 0; at < 4 * <usize>lines; at += 16) {
    const s = v128.load(current + at);
    const atEnd = f32x4.div(f32x4.splat(1), f32x4.add(v128.load(scale + at), f32x4.mul(s, e)));
    v128.store(scale + at, atEnd);
    v128.store(current + at, f32x4.mul(s, atEnd));
  }
}
