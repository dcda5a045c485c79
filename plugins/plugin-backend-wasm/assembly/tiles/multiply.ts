import { multiplyPanel } from '../matrix/multiply-panel';

/**
 * I[b, j] = Σᵢ V[b, i] · G[i, j] for one packed tile.
 *
 * @param spare 160 bytes
 */
export function multiplyTile(
  batch: i32,
  driven: i32,
  sensed: i32,
  volts: usize,
  stride: usize,
  panels: usize,
  out: usize,
  outStride: usize,
  spare: usize,
): void {
  for (let j = 0; j < sensed; j += 8) {
    const width = min(8, sensed - j);
    multiplyPanel(batch, width, driven, volts, stride, panels, out + 4 * j, outStride, false, spare);
    panels += 32 * driven;
  }
}

/**
 * The same for one vector and a tile as it lies, row after row: rows that are not driven are not read.
 *
 * @param gStride bytes from row to row
 */
export function multiplyVector(
  driven: i32,
  sensed: i32,
  volts: usize,
  g: usize,
  gStride: usize,
  out: usize,
): void {
  const whole = sensed & ~3;
  memory.fill(out, 0, 4 * sensed);
  for (let i = 0; i < driven; i++) {
    const v = load<f32>(volts + 4 * i);
    const row = g + i * gStride;
    if (v == 0) continue;
    const all = f32x4.splat(v);
    for (let j = 0; j < whole; j += 4) {
      const at = out + 4 * j;
      v128.store(at, f32x4.add(v128.load(at), f32x4.mul(all, v128.load(row + 4 * j))));
    }
    for (let j = whole; j < sensed; j++) {
      const at = out + 4 * j;
      store<f32>(at, load<f32>(at) + v * load<f32>(row + 4 * j));
    }
  }
}
