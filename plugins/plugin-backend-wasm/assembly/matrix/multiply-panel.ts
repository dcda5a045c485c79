import { copyBlock } from './block';
import { micro1, micro4, micro5 } from './micro';

/**
 * C[m, width] (+)= A[m, count] · panel[count, 8]: the rows in fives and fours, the few that make neither one by one.
 *
 * @param spare 160 bytes for a block that is narrower than a panel
 */
export function multiplyPanel(
  m: i32,
  width: i32,
  count: i32,
  a: usize,
  aStride: usize,
  panel: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
  spare: usize,
): void {
  let fours = (5 - (m % 5)) % 5;
  if (4 * fours > m) fours = 0;
  while (m > 0) {
    const rows = m > 4 * fours && m >= 5 ? 5 : m >= 4 ? 4 : 1;
    const whole = width == 8;
    const target = whole ? c : spare;
    const stride: usize = whole ? cStride : 32;
    const add = whole && accumulate;
    if (rows == 5) micro5(count, a, aStride, panel, target, stride, add);
    else if (rows == 4) micro4(count, a, aStride, panel, target, stride, add);
    else micro1(count, a, panel, target, add);
    if (!whole) copyBlock(rows, width, spare, c, cStride, accumulate);
    a += rows * aStride;
    c += rows * cStride;
    m -= rows;
  }
}
