/** Single floats of tensors that are worked on away from the others. */

/** Floats that are looked at together: most of the time none of them is busy. */
const TOGETHER: i32 = 16;

class Lanes {
  /** Which of four floats are not 0. */
  @inline static busy(at: usize): v128 {
    return f32x4.ne(v128.load(at), f32x4.splat(0));
  }

  /** Whether any of sixteen is not 0. */
  @inline static anyOf(at: usize): bool {
    const first = v128.or(Lanes.busy(at), Lanes.busy(at + 16));
    return v128.any_true(v128.or(first, v128.or(Lanes.busy(at + 32), Lanes.busy(at + 48))));
  }

  /** Whether float `one` of any of some tensors is not 0. */
  @inline static isBusy(tensors: i32, pointers: usize, one: i32): bool {
    for (let t = 0; t < tensors; t++) if (load<f32>(load<u32>(pointers + 4 * t) + 4 * one) !== 0) return true;
    return false;
  }
}

/** Lists the elements of which a float of any of some tensors is not 0, in their order. @returns how many */
export function listElements(length: i32, tensors: i32, pointers: usize, list: usize): i32 {
  const start = list;
  for (let first = 0; first < length; first += TOGETHER) {
    const end = min(first + TOGETHER, length);
    let some = first + TOGETHER > length;
    for (let t = 0; t < tensors && !some; t++) some = Lanes.anyOf(load<u32>(pointers + 4 * t) + 4 * first);
    for (let one = some ? first : end; one < end; one++) {
      store<i32>(list, one);
      list += 4 * i32(Lanes.isBusy(tensors, pointers, one));
    }
  }
  return <i32>((list - start) >> 2);
}

/** Copies listed floats to one place, one after the other. */
export function gatherElements(count: i32, list: usize, from: usize, to: usize): void {
  for (const end = to + 4 * count; to < end; to += 4) {
    store<f32>(to, load<f32>(from + 4 * load<u32>(list)));
    list += 4;
  }
}

/** Copies them back to where they belong. */
export function scatterElements(count: i32, list: usize, from: usize, to: usize): void {
  for (const end = from + 4 * count; from < end; from += 4) {
    store<f32>(to + 4 * load<u32>(list), load<f32>(from));
    list += 4;
  }
}

/**
 * The counters of which a generator makes the listed elements. Four counters make the four lanes of as many vectors as one
 * of them has words.
 *
 * @param shift a counter has 1 << shift words
 */
export function countElements(count: i32, list: usize, shift: i32, to: usize): void {
  for (const end = to + 4 * count; to < end; to += 4) {
    const element = load<i32>(list);
    store<i32>(to, ((element >> (2 + shift)) << 2) | (element & 3));
    list += 4;
  }
}

/** Of what was made of those counters, the word that is the element's own; `to` may be `from`. */
export function pickElements(count: i32, list: usize, shift: i32, from: usize, to: usize): void {
  const last = (1 << shift) - 1;
  for (let k = 0; k < count; k++) {
    const word = (load<i32>(list) >> 2) & last;
    store<f32>(to, load<f32>(from + 4 * (((((k >> 2) << shift) | word) << 2) | (k & 3))));
    list += 4;
    to += 4;
  }
}
