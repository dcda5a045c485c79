import { Coincidences, GROUP, PLANES } from './slots';

class Lanes {
  /** Bits that are set in each lane. */
  @inline static ones(word: v128): v128 {
    const bytes = i8x16.popcnt(word);
    return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
  }

  /** Σ 2ᵖ · (bits of plane p within mask) */
  @inline static total(planes: usize, mask: v128): v128 {
    let sum = Lanes.ones(v128.and(v128.load(planes, 128), mask));
    sum = i32x4.add(i32x4.shl(sum, 1), Lanes.ones(v128.and(v128.load(planes, 96), mask)));
    sum = i32x4.add(i32x4.shl(sum, 1), Lanes.ones(v128.and(v128.load(planes, 64), mask)));
    sum = i32x4.add(i32x4.shl(sum, 1), Lanes.ones(v128.and(v128.load(planes, 32), mask)));
    return i32x4.add(i32x4.shl(sum, 1), Lanes.ones(v128.and(v128.load(planes), mask)));
  }

  @inline static addTo(at: usize, count: v128): void {
    v128.store(at, f32x4.add(v128.load(at), f32x4.convert_i32x4_s(count)));
  }
}

/**
 * Adds the pulses of up to 32 samples to the counts of a tile.
 *
 * @param x, d turned trains: of all rows, and of the tile's columns
 * @param line the line of row 0
 * @param up, down counts, `groups` groups of 8 per row, 4 · stride bytes from row to row
 * @param workspace PLANES + SLOTS bytes
 */
export function countPulses(
  rows: i32,
  groups: i32,
  x: usize,
  line: i32,
  d: usize,
  up: usize,
  down: usize,
  stride: i32,
  workspace: usize,
): void {
  const all = i32x4.splat(-1);
  for (let i = 0; i < rows; i++) {
    const row = Coincidences.row(x, line + i);
    const list = workspace + PLANES;
    const slots = Coincidences.slots(row, list);
    for (let g = 0; g < groups && slots > 0; g++) {
      const columns = d + <usize>g * GROUP;
      for (let half: usize = 0; half < 32; half += 16) {
        Coincidences.count(row, columns, list, slots, half, workspace);
        const rises = Coincidences.up(row, columns, half);
        Lanes.addTo(up + 32 * g + half, Lanes.total(workspace + half, rises));
        Lanes.addTo(down + 32 * g + half, Lanes.total(workspace + half, v128.xor(rises, all)));
      }
    }
    up += stride;
    down += stride;
  }
}
