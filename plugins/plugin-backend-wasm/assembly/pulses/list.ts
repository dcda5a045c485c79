import { Coincidences } from './coincidences';
import { GROUP, LINE } from './slots';

/**
 * Groups of 8 weights that are listed at a time, and bytes from one plane of them to the next: not a power of two, since a
 * weight's planes would then fall into the same few lines of the cache.
 */
const CHUNK: i32 = 256;
const APART: usize = 32 * CHUNK + 192;

/** Bytes of a list: its length, then a word for each of 4 weights of every group, and what fills up the last sixteen. */
const LIST: usize = 16 * CHUNK + 64;

/** Places in the workspace: which bytes to the front, for each set of lanes; then bins, then two lists. */
const BINS: usize = 256;
const UNSORTED: usize = BINS + 4096;

/** Lanes that stay, moved to the front: an entry for each of the 16 sets of four lanes. */
class Front {
  static write(table: usize): void {
    for (let set: u32 = 0; set < 16; set++) {
      let to = table + 16 * set;
      for (let lane: u32 = 0; lane < 4; lane++) {
        if (((set >> lane) & 1) == 0) continue;
        store<u32>(to, 0x03020100 + 0x04040404 * lane);
        to += 4;
      }
    }
  }

  /** Appends the lanes of a mask to a list. @returns its new end */
  @inline static append(words: v128, mask: v128, table: usize, end: usize): usize {
    const set = <usize>i32x4.bitmask(mask);
    v128.store(end, v128.swizzle(words, v128.load(table + (set << 4))));
    return end + ((<usize>popcnt(set)) << 2);
  }
}

/**
 * The weights of a part of a tile that get pulses, those with most pulses first: two lists, of the first and of the last four
 * weights of the groups of 8, which take the first and the second number of a counter. A list is its length and words
 * `pulses << 16 | place`, the place being 8 · group + weight, both counted from `cursor`; the last word fills it up to
 * whole sixteens.
 *
 * @param x, d turned trains: of all rows, and of the tile's columns
 * @param lines, joined the trains of each line of x, and of each group of d, `samples` of them
 * @param line the line of row 0; row and column groups of `cursor` and `end` count from there
 * @param end at most CHUNK groups behind `cursor`
 * @param planes for each place five planes of numbers of pulses by sample, then one bit for each sample: whether they go
 *   up; APART bytes from one to the next
 * @param workspace BINS + 4096 + 2 · LIST bytes
 */
export function listWeights(
  groups: i32,
  x: usize,
  lines: usize,
  line: i32,
  d: usize,
  joined: usize,
  samples: i32,
  cursor: i32,
  end: i32,
  planes: usize,
  lists: usize,
  workspace: usize,
): void {
  Front.write(workspace);
  const bins = workspace + BINS;
  const first = workspace + UNSORTED;
  const second = first + LIST;
  const all = i32x4.splat(-1);
  const zero = i32x4.splat(0);
  let most = zero;
  let endA = first;
  let endB = second;
  let at = planes;
  let group = cursor % groups;
  for (let number = line + cursor / groups; cursor < end; number++) {
    const ofRow = min(groups, group + end - cursor);
    const own = lines + LINE * number;
    const row = Coincidences.row(x, number);
    cursor += ofRow - group;
    if (Coincidences.slots(own, own, samples) == 0) {
      at += 32 * (ofRow - group);
      group = ofRow;
    }
    for (; group < ofRow; group++) {
      const slots = Coincidences.slots(own, joined + LINE * group, samples);
      if (slots != 0) {
        const columns = d + GROUP * group;
        Coincidences.count(row, columns, slots, at, APART);
        v128.store(at + 5 * APART, Coincidences.up(row, columns, 0));
        v128.store(at + 5 * APART, Coincidences.up(row, columns, 16), 16);
        const a = Coincidences.total(at, APART, all);
        const b = Coincidences.total(at + 16, APART, all);
        most = i32x4.max_s(most, i32x4.max_s(a, b));
        const place = i32x4.splat((<i32>(at - planes)) >> 2);
        const wordsA = v128.or(i32x4.shl(a, 16), i32x4.add(place, i32x4(0, 1, 2, 3)));
        const wordsB = v128.or(i32x4.shl(b, 16), i32x4.add(place, i32x4(4, 5, 6, 7)));
        endA = Front.append(wordsA, i32x4.gt_s(a, zero), workspace, endA);
        endB = Front.append(wordsB, i32x4.gt_s(b, zero), workspace, endB);
      }
      at += 32;
    }
    group = 0;
  }
  v128.store(bins, most);
  const largest = max(max(load<i32>(bins), load<i32>(bins, 4)), max(load<i32>(bins, 8), load<i32>(bins, 12)));
  sort(first, endA, largest, bins, lists);
  sort(second, endB, largest, bins, lists + LIST);
}

/** Sorts words by their upper halves, at most `largest`, the largest first. @param to where their number goes, then they */
function sort(from: usize, end: usize, largest: i32, bins: usize, to: usize): void {
  store<u32>(to, (<u32>(end - from)) >> 2);
  if (from == end) return;
  memory.fill(bins, 0, 4 * (largest + 1));
  for (let at = from; at < end; at += 4) {
    const bin = bins + ((<usize>load<u16>(at, 2)) << 2);
    store<u32>(bin, load<u32>(bin) + 4);
  }
  let next = to + 4;
  for (let bin = bins + 4 * largest; bin > bins; bin -= 4) {
    const bytes = <usize>load<u32>(bin);
    store<u32>(bin, <u32>next);
    next += bytes;
  }
  for (let at = from; at < end; at += 4) {
    const word = load<u32>(at);
    const bin = bins + (((<usize>word) >> 16) << 2);
    const place = <usize>load<u32>(bin);
    store<u32>(place, word);
    store<u32>(bin, <u32>place + 4);
  }
  const last = i32x4.splat(load<u32>(next - 4));
  v128.store(next, last);
  v128.store(next, last, 16);
  v128.store(next, last, 32);
  v128.store(next, last, 44);
}
