/** Runs of a few floats, given in bytes: too short for the bulk instructions to pay. */
export class Floats {
  @inline static copy(from: usize, to: usize, bytes: i32): void {
    let at = 0;
    for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
    for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
  }

  @inline static clear(to: usize, bytes: i32): void {
    let at = 0;
    for (; at + 16 <= bytes; at += 16) v128.store(to + at, i32x4.splat(0));
    for (; at < bytes; at += 4) store<f32>(to + at, 0);
  }

  /** to += from */
  @inline static add(from: usize, to: usize, bytes: i32): void {
    let at = 0;
    for (; at + 16 <= bytes; at += 16) {
      v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
    }
    for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
  }

  /** to += a · b, element by element */
  @inline static addProduct(a: usize, b: usize, to: usize, bytes: i32): void {
    let at = 0;
    for (; at + 16 <= bytes; at += 16) {
      const product = f32x4.mul(v128.load(a + at), v128.load(b + at));
      v128.store(to + at, f32x4.add(v128.load(to + at), product));
    }
    for (; at < bytes; at += 4) {
      store<f32>(to + at, load<f32>(to + at) + load<f32>(a + at) * load<f32>(b + at));
    }
  }
}
