import { Feistel } from '../random/feistel';
import { toNormal } from '../random/normal';
import { toUniform } from '../random/fill';

/**
 * A random number for each listed pulse, of the draw of the samples' block: `pulseElement` of @txsim/ops. Of the two
 * numbers that a counter gives, the first four weights of a group take the first and the others the second.
 *
 * @param kind 0 uniform, 1 normal
 * @param cells a draw's elements from event to event, divided by 8
 * @param first the first group's cells, divided by 8
 * @param out 64 bytes for each entry: two words of each of the first four weights, two of each of the others
 */
export function pulseNumbers(
  kind: u32,
  key0: u32,
  key1: u32,
  key2: u32,
  key3: u32,
  cells: u32,
  first: u32,
  groups: i32,
  counts: usize,
  entries: usize,
  out: usize,
  constants: usize,
): void {
  const lanes = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(key0));
  const stride = i32x4.splat(4 * cells);
  const k1 = i32x4.splat(key1);
  const k2 = i32x4.splat(key2);
  const k3 = i32x4.splat(key3);
  let at = out;
  for (let g = 0; g < groups; g++) {
    const base = i32x4.add(lanes, i32x4.splat(4 * (first + g)));
    for (let n = load<i32>(counts + 4 * g); n > 0; n--) {
      Feistel.store(i32x4.add(i32x4.mul(v128.load(entries, 32), stride), base), k1, k2, k3, at);
      Feistel.store(i32x4.add(i32x4.mul(v128.load(entries, 48), stride), base), k1, k2, k3, at + 32);
      entries += 64;
      at += 64;
    }
  }
  if (kind == 0) toUniform(out, <i32>((at - out) >> 4));
  else toNormal(out, <i32>((at - out) >> 5), constants);
}
