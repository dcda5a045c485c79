/** What is left of a 5 × 8 block when it does not fit: the micro-kernel writes to a buffer, this copies the part. */
export function copyBlock(
  rows: i32,
  columns: i32,
  from: usize,
  to: usize,
  toStride: usize,
  accumulate: bool,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = to + 4 * j;
      const value = load<f32>(from + 4 * j);
      store<f32>(at, accumulate ? load<f32>(at) + value : value);
    }
    from += 32;
    to += toStride;
  }
}
