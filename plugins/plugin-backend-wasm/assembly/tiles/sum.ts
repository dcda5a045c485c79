/**
 * Sums of rows: out[b, j] = Σ_t from[t, b, j] for b < batch, j < length, t < terms, each with a step of its own.
 * A tile's digital sum is one call per line of tiles.
 */
export function addRows(
  terms: i32,
  batch: i32,
  length: i32,
  from: usize,
  termStep: usize,
  fromStride: usize,
  out: usize,
  outStride: usize,
): void {
  const whole = length & ~3;
  for (; batch > 0; batch--) {
    for (let j = 0; j < whole; j += 4) {
      let at = from + 4 * j;
      let sum = v128.load(at);
      for (let t = 1; t < terms; t++) sum = f32x4.add(sum, v128.load((at += termStep)));
      v128.store(out + 4 * j, sum);
    }
    for (let j = whole; j < length; j++) {
      let at = from + 4 * j;
      let sum = load<f32>(at);
      for (let t = 1; t < terms; t++) sum += load<f32>((at += termStep));
      store<f32>(out + 4 * j, sum);
    }
    from += fromStride;
    out += outStride;
  }
}
