import { copyBlock } from './block';
import { micro1, micro4, micro5 } from './micro';

/** m = 5·fives + 4·fours + ones, with as few ones as possible (none from 12 on) and then as many fives. */
class Split {
  @inline static fours(m: i32): i32 {
    const fours = (5 - (m % 5)) % 5;
    return 4 * fours > m ? (m % 5) >> 2 : fours;
  }
}

/**
 * C[m, width] (+)= A[m, count] · panel[count, 8].
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
  if (width == 8) wholePanel(m, count, a, aStride, panel, c, cStride, accumulate);
  else narrowPanel(m, width, count, a, aStride, panel, c, cStride, accumulate, spare);
}

function wholePanel(
  m: i32,
  count: i32,
  a: usize,
  aStride: usize,
  panel: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
): void {
  const four = 4 * Split.fours(m);
  for (; m - four >= 5; m -= 5) {
    micro5(count, a, aStride, panel, c, cStride, accumulate);
    a += 5 * aStride;
    c += 5 * cStride;
  }
  for (; m >= 4; m -= 4) {
    micro4(count, a, aStride, panel, c, cStride, accumulate);
    a += 4 * aStride;
    c += 4 * cStride;
  }
  for (; m > 0; m--) {
    micro1(count, a, panel, c, accumulate);
    a += aStride;
    c += cStride;
  }
}

function narrowPanel(
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
  const four = 4 * Split.fours(m);
  while (m > 0) {
    const rows = m - four >= 5 ? 5 : m >= 4 ? 4 : 1;
    if (rows == 5) micro5(count, a, aStride, panel, spare, 32, false);
    else if (rows == 4) micro4(count, a, aStride, panel, spare, 32, false);
    else micro1(count, a, panel, spare, false);
    copyBlock(rows, width, spare, c, cStride, accumulate);
    a += rows * aStride;
    c += rows * cStride;
    m -= rows;
  }
}
