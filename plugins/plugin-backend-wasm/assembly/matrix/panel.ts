import { transpose } from './transpose';

/** Panels of B: [count][8], so that the micro-kernel reads eight columns of one row after the other. */

/** Columns 0…width−1 (≤ 8) of a row-major B; the columns beyond are 0. */
export function packPanel(count: i32, width: i32, b: usize, bStride: usize, panel: usize): void {
  if (width == 8) {
    for (; count > 0; count--) {
      v128.store(panel, v128.load(b));
      v128.store(panel, v128.load(b, 16), 16);
      b += bStride;
      panel += 32;
    }
    return;
  }
  memory.fill(panel, 0, 32 * count);
  for (; count > 0; count--) {
    for (let j = 0; j < width; j++) store<f32>(panel + 4 * j, load<f32>(b + 4 * j));
    b += bStride;
    panel += 32;
  }
}

/** The same from Bᵀ: rows 0…width−1 of a matrix whose columns are B's rows. */
export function packPanelTransposed(count: i32, width: i32, b: usize, bStride: usize, panel: usize): void {
  if (width < 8) memory.fill(panel, 0, 32 * count);
  transpose(width, count, b, bStride, panel, 32);
}
