/** What is done to each row of a matrix; strides in bytes. */

class Lanes {
  @inline static maximum(v: v128): f32 {
    const two = f32x4.max(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
    return f32x4.extract_lane(f32x4.max(two, v128.shuffle<i32>(two, two, 1, 0, 3, 2)), 0);
  }

  @inline static sum(v: v128): f32 {
    const two = f32x4.add(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
    return f32x4.extract_lane(f32x4.add(two, v128.shuffle<i32>(two, two, 1, 0, 3, 2)), 0);
  }
}

/** out[b] = max(maxⱼ |x[b, j]|, least) */
export function rowMagnitudes(rows: i32, length: i32, x: usize, stride: usize, least: f32, out: usize): void {
  const whole = length & ~3;
  for (; rows > 0; rows--) {
    let most = f32x4.splat(least);
    for (let j = 0; j < whole; j += 4) most = f32x4.max(most, f32x4.abs(v128.load(x + 4 * j)));
    let result = Lanes.maximum(most);
    for (let j = whole; j < length; j++) result = max<f32>(result, abs<f32>(load<f32>(x + 4 * j)));
    store<f32>(out, result);
    x += stride;
    out += 4;
  }
}

/** out[b] = √Σⱼ x[b, j]² */
export function rowNorms(rows: i32, length: i32, x: usize, stride: usize, out: usize): void {
  const whole = length & ~3;
  for (; rows > 0; rows--) {
    let sums = f32x4.splat(0);
    for (let j = 0; j < whole; j += 4) {
      const v = v128.load(x + 4 * j);
      sums = f32x4.add(sums, f32x4.mul(v, v));
    }
    let sum = Lanes.sum(sums);
    for (let j = whole; j < length; j++) sum += load<f32>(x + 4 * j) * load<f32>(x + 4 * j);
    store<f32>(out, sqrt<f32>(sum));
    x += stride;
    out += 4;
  }
}

/** x[b, j] ← factors[b] · factor · x[b, j] for contiguous rows; the factors of rows are `step` bytes apart. */
export function scaleRows(rows: i32, length: i32, x: usize, factors: usize, step: usize, factor: f32): void {
  const whole = length & ~3;
  for (; rows > 0; rows--) {
    const f = load<f32>(factors) * factor;
    const all = f32x4.splat(f);
    for (let j = 0; j < whole; j += 4) v128.store(x + 4 * j, f32x4.mul(v128.load(x + 4 * j), all));
    for (let j = whole; j < length; j++) store<f32>(x + 4 * j, load<f32>(x + 4 * j) * f);
    x += 4 * length;
    factors += step;
  }
}

/** to[b, j] (+)= factor · from[b, j] */
export function addScaledRows(
  rows: i32,
  length: i32,
  from: usize,
  fromStride: usize,
  to: usize,
  toStride: usize,
  factor: f32,
  accumulate: bool,
): void {
  const whole = length & ~3;
  const all = f32x4.splat(factor);
  const kept = i32x4.splat(-i32(accumulate));
  for (; rows > 0; rows--) {
    for (let j = 0; j < whole; j += 4) {
      const before = v128.and(v128.load(to + 4 * j), kept);
      v128.store(to + 4 * j, f32x4.add(before, f32x4.mul(v128.load(from + 4 * j), all)));
    }
    for (let j = whole; j < length; j++) {
      const before: f32 = accumulate ? load<f32>(to + 4 * j) : 0;
      store<f32>(to + 4 * j, before + load<f32>(from + 4 * j) * factor);
    }
    from += fromStride;
    to += toStride;
  }
}
