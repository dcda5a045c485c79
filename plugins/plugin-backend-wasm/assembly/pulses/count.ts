import { Coincidences } from './coincidences';
import { GROUP, LINE } from './slots';

/** Bytes from plane to plane of the workspace: eight weights. */
const APART: usize = 32;

class Sum {
  @inline static add(to: usize, count: v128): void {
    v128.store(to, f32x4.add(v128.load(to), f32x4.convert_i32x4_s(count)));
  }
}

/**
 * Adds the pulses of up to 32 samples to the counts of a tile.
 *
 * @param x, d turned trains: of all rows, and of the tile's columns
 * @param lines, joined the trains of each line of x, and of each group of d, `samples` of them
 * @param line the line of row 0
 * @param up, down counts, `groups` groups of 8 per row, 4 · stride bytes from row to row
 * @param workspace five planes of eight numbers
 */
export function countPulses(
  rows: i32,
  groups: i32,
  x: usize,
  lines: usize,
  line: i32,
  d: usize,
  joined: usize,
  samples: i32,
  up: usize,
  down: usize,
  stride: i32,
  workspace: usize,
): void {
  const all = i32x4.splat(-1);
  for (let i = 0; i < rows; i++) {
    const row = Coincidences.row(x, line + i);
    const own = lines + LINE * (line + i);
    for (let g = 0; g < groups; g++) {
      const slots = Coincidences.slots(own, joined + LINE * g, samples);
      if (slots == 0) continue;
      const columns = d + GROUP * g;
      Coincidences.count(row, columns, slots, workspace, APART);
      for (let half: usize = 0; half < 32; half += 16) {
        const rises = Coincidences.up(row, columns, half);
        Sum.add(up + 32 * g + half, Coincidences.total(workspace + half, APART, rises));
        Sum.add(down + 32 * g + half, Coincidences.total(workspace + half, APART, v128.xor(rises, all)));
      }
    }
    up += stride;
    down += stride;
  }
}
