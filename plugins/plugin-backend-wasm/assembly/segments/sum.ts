import { Floats } from '../floats';

/** out[s, …] = Σ of the rows i of x[rows, length] with ids[i] = s < segments; other ids are dropped. */
export function segmentSum(rows: i32, length: i32, segments: i32, x: usize, ids: usize, out: usize): void {
  const bytes = 4 * length;
  memory.fill(out, 0, segments * bytes);
  for (let i = 0; i < rows; i++) {
    const id = load<i32>(ids + 4 * i);
    if (u32(id) < u32(segments)) Floats.add(x, out + id * bytes, bytes);
    x += bytes;
  }
}
