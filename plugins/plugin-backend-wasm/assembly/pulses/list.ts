import { Coincidences, GROUP, LINE, PLANES, SLOTS } from './slots';

const CONSTANTS: usize = PLANES + SLOTS;

/** The most entries that a group may need: 31 pulses in each of 32 samples. */
const MOST = 992;

/**
 * Constants of the inner loop go through memory once: as literals they would be made anew in every round. Places behind the
 * planes and the list of slots.
 */
class Constants {
  @inline static write(at: usize): void {
    store<u32>(at + CONSTANTS, 0x1fe0);
    store<u32>(at + CONSTANTS + 4, 127 << 5);
    store<f32>(at + CONSTANTS + 8, 1);
  }

  /** The bits of an event's sample. */
  @inline static sampleBits(at: usize): v128 {
    return v128.load32_splat(at + CONSTANTS);
  }

  /** The bias of a float's exponent, where the sample lies in an event. */
  @inline static bias(at: usize): v128 {
    return v128.load32_splat(at + CONSTANTS + 4);
  }

  @inline static one(at: usize): v128 {
    return v128.load32_splat(at + CONSTANTS + 8);
  }
}

class Step {
  /** The event of each lane's pulse: 32 · sample + its number within the sample. */
  @inline static event(bit: v128, pulse: v128, sampleBits: v128, bias: v128): v128 {
    // The exponent of the bit as a float is the sample, plus 127.
    const exponent = v128.and(i32x4.shr_u(f32x4.convert_i32x4_s(bit), 18), sampleBits);
    return i32x4.add(i32x4.sub(exponent, bias), pulse);
  }

  /** 1 for up, −1 for down, 0 where the lane has no pulse left. */
  @inline static direction(bit: v128, up: v128, one: v128): v128 {
    const zero = i32x4.splat(0);
    const falls = i32x4.shl(i32x4.eq(v128.and(up, bit), zero), 31);
    return v128.andnot(v128.or(one, falls), i32x4.eq(bit, zero));
  }
}

/**
 * The pulses of a tile's weights in the order in which they come, for groups of 8 weights: the k-th entry of a group is
 * the k-th pulse of each of its weights. Groups are taken row by row, from `cursor`, until `capacity` is used up.
 *
 * @param x, d turned trains: of all rows, and of the tile's columns
 * @param lines, joined the same by line of x, and by group of d
 * @param line the line of row 0; row and column groups of `cursor` and `end` count from there
 * @param cells groups of the plane; @param cell groups before this tile: where the random numbers lie
 * @param counts for each group four numbers: its entries; those, the first ones, in which both halves of its weights have
 *   pulses; those behind them of the first half alone; those of the second half alone
 * @param entries directions of 8 weights (+1 up, −1 down, 0 none), then the counters of their random numbers (`pulseElement`
 *   of @txsim/ops; the first four weights take the first number of a counter, the others the second), 64 bytes
 * @param workspace PLANES + SLOTS + 16 bytes
 * @returns the cursor behind the last group that was listed
 */
export function listPulses(
  groups: i32,
  x: usize,
  lines: usize,
  line: i32,
  d: usize,
  joined: usize,
  cursor: i32,
  end: i32,
  cells: i32,
  cell: i32,
  capacity: i32,
  counts: usize,
  entries: usize,
  workspace: usize,
): i32 {
  Constants.write(workspace);
  const lanes = i32x4(0, 1, 2, 3);
  const stride = i32x4.splat(4 * cells);
  let row: usize = 0;
  let own: usize = 0;
  let slots = -1;
  const list = workspace + PLANES;
  for (; cursor < end && capacity >= MOST; cursor++) {
    const group = cursor % groups;
    if (slots < 0 || group == 0) {
      const number = line + cursor / groups;
      row = Coincidences.row(x, number);
      slots = Coincidences.slots(row, list);
      own = lines + LINE * number;
    }
    let taken = 0;
    store<u64>(counts, 0);
    store<u64>(counts, 0, 8);
    if (slots > 0 && Coincidences.some(own, joined + LINE * group)) {
      const columns = d + GROUP * group;
      Coincidences.count(row, columns, list, slots, 0, workspace);
      Coincidences.count(row, columns, list, slots, 16, workspace);
      taken = drain(
        workspace,
        Coincidences.up(row, columns, 0),
        Coincidences.up(row, columns, 16),
        stride,
        i32x4.add(lanes, i32x4.splat(4 * (cell + cursor))),
        entries,
        counts,
      );
    }
    counts += 16;
    entries += 64 * taken;
    capacity -= taken;
  }
  return cursor;
}

/** Takes pulse after pulse off the planes. @returns how many entries that made */
function drain(
  planes: usize,
  upA: v128,
  upB: v128,
  stride: v128,
  first: v128,
  out: usize,
  counts: usize,
): i32 {
  const sampleBits = Constants.sampleBits(planes);
  const bias = Constants.bias(planes);
  const one = Constants.one(planes);
  let a0 = v128.load(planes);
  let a1 = v128.load(planes, 32);
  let a2 = v128.load(planes, 64);
  let a3 = v128.load(planes, 96);
  let a4 = v128.load(planes, 128);
  let b0 = v128.load(planes, 16);
  let b1 = v128.load(planes, 48);
  let b2 = v128.load(planes, 80);
  let b3 = v128.load(planes, 112);
  let b4 = v128.load(planes, 144);
  let lastA = i32x4.splat(0);
  let lastB = lastA;
  let pulseA = lastA;
  let pulseB = lastA;
  let entriesA = 0;
  let entriesB = 0;
  while (true) {
    const someA = v128.or(v128.or(v128.or(a0, a1), v128.or(a2, a3)), a4);
    const someB = v128.or(v128.or(v128.or(b0, b1), v128.or(b2, b3)), b4);
    const hasA = i32(v128.any_true(someA));
    const hasB = i32(v128.any_true(someB));
    if ((hasA | hasB) == 0) break;
    entriesA += hasA;
    entriesB += hasB;
    // The first sample with pulses left, as a bit.
    const bitA = v128.and(someA, i32x4.neg(someA));
    const bitB = v128.and(someB, i32x4.neg(someB));
    const sameA = i32x4.eq(bitA, lastA);
    const sameB = i32x4.eq(bitB, lastB);
    pulseA = v128.and(i32x4.sub(pulseA, sameA), sameA);
    pulseB = v128.and(i32x4.sub(pulseB, sameB), sameB);
    lastA = bitA;
    lastB = bitB;
    v128.store(out, Step.direction(bitA, upA, one));
    v128.store(out, Step.direction(bitB, upB, one), 16);
    v128.store(out, i32x4.add(i32x4.mul(Step.event(bitA, pulseA, sampleBits, bias), stride), first), 32);
    v128.store(out, i32x4.add(i32x4.mul(Step.event(bitB, pulseB, sampleBits, bias), stride), first), 48);
    // One pulse less in that sample: subtract the bit, with borrows.
    a0 = v128.xor(a0, bitA);
    let borrow = v128.and(bitA, a0);
    a1 = v128.xor(a1, borrow);
    borrow = v128.and(borrow, a1);
    a2 = v128.xor(a2, borrow);
    borrow = v128.and(borrow, a2);
    a3 = v128.xor(a3, borrow);
    a4 = v128.xor(a4, v128.and(borrow, a3));
    b0 = v128.xor(b0, bitB);
    borrow = v128.and(bitB, b0);
    b1 = v128.xor(b1, borrow);
    borrow = v128.and(borrow, b1);
    b2 = v128.xor(b2, borrow);
    borrow = v128.and(borrow, b2);
    b3 = v128.xor(b3, borrow);
    b4 = v128.xor(b4, v128.and(borrow, b3));
    out += 64;
  }
  const both = min(entriesA, entriesB);
  const all = max(entriesA, entriesB);
  store<i32>(counts, all);
  store<i32>(counts, both, 4);
  store<i32>(counts, entriesA - both, 8);
  store<i32>(counts, entriesB - both, 12);
  return all;
}
