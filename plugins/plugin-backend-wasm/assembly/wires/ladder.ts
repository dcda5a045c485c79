/**
 * Lines of resistive segments, four or sixteen at a time, open at the first cell and held behind the last one, every
 * cell driven by 1 V. Line by line: u₀ = 1, s = Σ g·u, u ← u + segment·s from cell to cell.
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
  for (let line = 0; line < lines;) {
    const at = 4 * line;
    const four = line + 16 <= lines;
    if (four) ladder16(cells, g + at, profile + at, step, segment, end, scale + at, current + at);
    else ladder4(cells, g + at, profile + at, step, segment, end, scale + at, current + at);
    line += four ? 16 : 4;
  }
}

class Line {
  @inline static finish(u: v128, s: v128, end: v128, scale: usize, current: usize): void {
    const atEnd = f32x4.div(f32x4.splat(1), f32x4.add(u, f32x4.mul(s, end)));
    v128.store(scale, atEnd);
    v128.store(current, f32x4.mul(s, atEnd));
  }
}

function ladder4(
  cells: i32,
  g: usize,
  profile: usize,
  step: isize,
  segment: f32,
  end: f32,
  scale: usize,
  current: usize,
): void {
  const r = f32x4.splat(segment);
  let u = f32x4.splat(1);
  let s = f32x4.splat(0);
  for (; cells > 0; cells--) {
    u = f32x4.add(u, f32x4.mul(s, r));
    v128.store(profile, u);
    s = f32x4.add(s, f32x4.mul(v128.load(g), u));
    g += step;
    profile += step;
  }
  Line.finish(u, s, f32x4.splat(end), scale, current);
}

/** Four independent chains hide the latency of the recursion. */
function ladder16(
  cells: i32,
  g: usize,
  profile: usize,
  step: isize,
  segment: f32,
  end: f32,
  scale: usize,
  current: usize,
): void {
  const r = f32x4.splat(segment);
  let u0 = f32x4.splat(1);
  let u1 = u0;
  let u2 = u0;
  let u3 = u0;
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (; cells > 0; cells--) {
    u0 = f32x4.add(u0, f32x4.mul(s0, r));
    u1 = f32x4.add(u1, f32x4.mul(s1, r));
    u2 = f32x4.add(u2, f32x4.mul(s2, r));
    u3 = f32x4.add(u3, f32x4.mul(s3, r));
    v128.store(profile, u0);
    v128.store(profile, u1, 16);
    v128.store(profile, u2, 32);
    v128.store(profile, u3, 48);
    s0 = f32x4.add(s0, f32x4.mul(v128.load(g), u0));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(g, 16), u1));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(g, 32), u2));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(g, 48), u3));
    g += step;
    profile += step;
  }
  const e = f32x4.splat(end);
  Line.finish(u0, s0, e, scale, current);
  Line.finish(u1, s1, e, scale + 16, current + 16);
  Line.finish(u2, s2, e, scale + 32, current + 32);
  Line.finish(u3, s3, e, scale + 48, current + 48);
}
