/** to[i] = from[i]² for a contiguous run. */
export function square(count: i32, from: usize, to: usize): void {
  for (; count >= 4; count -= 4) {
    const v = v128.load(from);
    v128.store(to, f32x4.mul(v, v));
    from += 16;
    to += 16;
  }
  for (; count > 0; count--) {
    store<f32>(to, load<f32>(from) * load<f32>(from));
    from += 4;
    to += 4;
  }
}

/** x[i] ← √x[i] for a contiguous run. */
export function squareRoot(count: i32, x: usize): void {
  for (; count >= 4; count -= 4) {
    v128.store(x, f32x4.sqrt(v128.load(x)));
    x += 16;
  }
  for (; count > 0; count--) {
    store<f32>(x, sqrt<f32>(load<f32>(x)));
    x += 4;
  }
}
