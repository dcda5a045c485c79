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
