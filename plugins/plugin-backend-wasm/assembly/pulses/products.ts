/**
 * Adds round(|x · d| / divisor) of every sample to the counts of a tile's row: to `down` where x · d > 0, else to `up`.
 *
 * @param x the row's value in the first sample; xStride bytes from sample to sample
 * @param d the columns' values; dStride bytes from sample to sample
 */
export function countProducts(
  columns: i32,
  batch: i32,
  x: usize,
  xStride: i32,
  d: usize,
  dStride: i32,
  divisor: f32,
  up: usize,
  down: usize,
): void {
  const by = f32x4.splat(divisor);
  const zero = f32x4.splat(0);
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    let rises = v128.load(up + 4 * j);
    let falls = v128.load(down + 4 * j);
    for (let b = 0; b < batch; b++) {
      const product = f32x4.mul(v128.load32_splat(x + b * xStride), v128.load(d + b * dStride + 4 * j));
      const count = f32x4.nearest(f32x4.div(f32x4.abs(product), by));
      const positive = f32x4.gt(product, zero);
      falls = f32x4.add(falls, v128.and(count, positive));
      rises = f32x4.add(rises, v128.andnot(count, positive));
    }
    v128.store(up + 4 * j, rises);
    v128.store(down + 4 * j, falls);
  }
  for (; j < columns; j++) {
    for (let b = 0; b < batch; b++) {
      const product = load<f32>(x + b * xStride) * load<f32>(d + b * dStride + 4 * j);
      const to = (product > 0 ? down : up) + 4 * j;
      store<f32>(to, load<f32>(to) + nearest<f32>(abs<f32>(product) / divisor));
    }
  }
}
