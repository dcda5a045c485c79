import { packPanel, packPanelTransposed } from '../matrix/panel';

/**
 * Packs a tile for products: panels of eight sensed lines, [⌈sensed / 8⌉][driven][8]. The tile's rows are driven, or, for
 * the transposed operation, its columns.
 *
 * @param stride bytes from row to row
 */
export function packTile(
  driven: i32,
  sensed: i32,
  g: usize,
  stride: usize,
  transposed: bool,
  panels: usize,
): void {
  for (let j = 0; j < sensed; j += 8) {
    const width = min(8, sensed - j);
    if (transposed) packPanelTransposed(driven, width, g + j * stride, stride, panels);
    else packPanel(driven, width, g + 4 * j, stride, panels);
    panels += 32 * driven;
  }
}
