/** Blocks of 16 floats, some of which are worked on away from the others. */
const BYTES: usize = 64;

class Block {
  @inline static copy(from: usize, to: usize): void {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
  }
}

/** Lists the blocks in which a float of any of some tensors is not 0. @returns how many */
export function listBlocks(blocks: i32, tensors: i32, pointers: usize, list: usize): i32 {
  const start = list;
  const all = f32x4.splat(0);
  for (let block = 0; block < blocks; block++) {
    let some = all;
    for (let t = 0; t < tensors; t++) {
      const at = <usize>load<u32>(pointers + 4 * t) + BYTES * block;
      const first = v128.or(f32x4.ne(v128.load(at), all), f32x4.ne(v128.load(at, 16), all));
      const last = v128.or(f32x4.ne(v128.load(at, 32), all), f32x4.ne(v128.load(at, 48), all));
      some = v128.or(some, v128.or(first, last));
    }
    store<i32>(list, block);
    list += v128.any_true(some) ? 4 : 0;
  }
  return <i32>((list - start) >> 2);
}

/** Copies listed blocks to one place, one after the other. */
export function gatherBlocks(count: i32, list: usize, from: usize, to: usize): void {
  for (; count > 0; count--) {
    Block.copy(from + BYTES * load<u32>(list), to);
    list += 4;
    to += BYTES;
  }
}

/** Copies them back to where they belong. */
export function scatterBlocks(count: i32, list: usize, from: usize, to: usize): void {
  for (; count > 0; count--) {
    Block.copy(from, to + BYTES * load<u32>(list));
    list += 4;
    from += BYTES;
  }
}

/** The counters of their random numbers, `each` for a block. */
export function countBlocks(count: i32, list: usize, each: i32, to: usize): void {
  const lanes = i32x4(0, 1, 2, 3);
  for (; count > 0; count--) {
    const first = each * load<i32>(list);
    for (let i = 0; i < each; i += 4) {
      v128.store(to, i32x4.add(lanes, i32x4.splat(first + i)));
      to += 16;
    }
    list += 4;
  }
}
