export class Sum {
  /** Over the lanes of a vector, in float64. */
  @inline static lanes(x: v128): f64 {
    const a = f64(f32x4.extract_lane(x, 0)) + f64(f32x4.extract_lane(x, 1));
    return a + (f64(f32x4.extract_lane(x, 2)) + f64(f32x4.extract_lane(x, 3)));
  }

  /** Over an array, the size of which is a multiple of four. */
  static of(count: i32, at: usize): f64 {
    let sum: f64 = 0;
    for (; count > 0; count -= 4) {
      sum += Sum.lanes(v128.load(at));
      at += 16;
    }
    return sum;
  }
}
