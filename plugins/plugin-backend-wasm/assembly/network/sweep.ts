import { lag, weight } from './deflation';
import {
  cells,
  columnEnd,
  columns,
  columnSegment,
  columnTransfer,
  lastProfile,
  rowEnd,
  rowProfile,
  rows,
  rowSegment,
  rowTransfer,
} from './lines';

/** Vectors that are solved together; a value of vector l is the l-th of eight floats. */
export const LANES: i32 = 8;
/** Bytes of eight floats. */
const LANE: usize = 32;

/** Of each vector in the last sweep: max |z − u|, and what the projection adds to the amplitude of the mode. */
export let change0: v128 = i32x4.splat(0);
export let change1: v128 = i32x4.splat(0);
export let more0: v128 = i32x4.splat(0);
export let more1: v128 = i32x4.splat(0);

/**
 * One sweep z = r V + K u + a (K φ − φ) for eight vectors, see `deflation.ts`: bit lines for given word-line nodes u, then
 * word lines for the bit-line nodes found, each line by elimination from its open end. `previous` becomes Chebyshev's next
 * iterate, previous + relaxation · (u + overshoot · (z − u) − previous).
 *
 * @param volts [m][8] behind the word lines
 * @param ends [n][8] volts behind the bit lines
 * @param amplitude0 a of the first four vectors; `amplitude1` of the others
 * @param u [m][n][8]; `previous` and `z` alike
 * @param line [3][n + 1][8] workspace
 */
export function sweep(
  volts: usize,
  ends: usize,
  amplitude0: v128,
  amplitude1: v128,
  u: usize,
  previous: usize,
  z: usize,
  line: usize,
  overshoot: f32,
  relaxation: f32,
): void {
  const width = LANE * columns;
  eliminateColumns(u, z);
  change0 = i32x4.splat(0);
  change1 = i32x4.splat(0);
  more0 = i32x4.splat(0);
  more1 = i32x4.splat(0);
  const bit = line;
  let word = bit + width + LANE;
  let next = word + width + LANE;
  memory.copy(bit, ends, width);
  const last = rows - 1;
  substituteColumns(last, z + width * last, bit);
  eliminateRow(4 * last * columns, bit, word);
  for (let i = last; i >= 0; i--) {
    const field = width * i;
    // The line above, or behind the last one once more the same, for nobody.
    const above = max(i - 1, 0);
    if (i > 0) substituteColumns(above, z + width * above, bit);
    takeRow(i, volts + LANE * i, amplitude0, amplitude1, u + field, previous + field, z + field, word, overshoot, relaxation, above, bit, next); // prettier-ignore
    const swapped = word;
    word = next;
    next = swapped;
  }
}

/** u ← u − T_c G u − c E with the bit lines behind E: the voltages of the cells. `norton` [m][n][8] and `bit` are workspace. */
export function cellVoltages(u: usize, ends: usize, norton: usize, bit: usize): void {
  const width = LANE * columns;
  eliminateColumns(u, norton);
  memory.copy(bit, ends, width);
  for (let i = rows - 1; i >= 0; i--) {
    substituteColumns(i, norton + width * i, bit);
    const row = u + width * i;
    for (let k: usize = 0; k < width; k += 16) {
      v128.store(row + k, f32x4.sub(v128.load(row + k), v128.load(bit + k)));
    }
  }
}

/** Norton currents of the bit lines, from the open end down: J = t·J(above) + G·u. */
function eliminateColumns(u: usize, norton: usize): void {
  const width = LANE * columns;
  let g = cells;
  for (let j = 0; j < columns; j++) {
    const cell = v128.load32_splat(g);
    v128.store(norton, f32x4.mul(cell, v128.load(u)));
    v128.store(norton, f32x4.mul(cell, v128.load(u, 16)), 16);
    g += 4;
    u += LANE;
    norton += LANE;
  }
  let t = columnTransfer + 4 * columns;
  let above = norton - width;
  for (let k = (rows - 1) * columns; k > 0; k--) {
    const cell = v128.load32_splat(g);
    const transfer = v128.load32_splat(t);
    const a = f32x4.add(f32x4.mul(transfer, v128.load(above)), f32x4.mul(cell, v128.load(u)));
    const b = f32x4.add(f32x4.mul(transfer, v128.load(above, 16)), f32x4.mul(cell, v128.load(u, 16)));
    v128.store(norton, a);
    v128.store(norton, b, 16);
    g += 4;
    t += 4;
    u += LANE;
    above += LANE;
    norton += LANE;
  }
}

/** Bit-line nodes of row i from those of row i + 1, in place. */
function substituteColumns(i: i32, norton: usize, bit: usize): void {
  const last = i == rows - 1;
  const resistance = f32x4.splat(last ? columnEnd : columnSegment);
  let factor = last ? lastProfile : columnTransfer + 4 * (i + 1) * columns;
  for (let j = columns; j > 0; j--) {
    const f = v128.load32_splat(factor);
    const a = f32x4.add(v128.load(bit), f32x4.mul(resistance, v128.load(norton)));
    const b = f32x4.add(v128.load(bit, 16), f32x4.mul(resistance, v128.load(norton, 16)));
    v128.store(bit, f32x4.mul(a, f));
    v128.store(bit, f32x4.mul(b, f), 16);
    factor += 4;
    bit += LANE;
    norton += LANE;
  }
}

/** Norton currents of a word line from its open end: J = t·J(behind) + G·v. */
function eliminateRow(at: usize, bit: usize, word: usize): void {
  let a = f32x4.splat(0);
  let b = a;
  const last = columns - 1;
  let g = cells + at + 4 * last;
  let t = rowTransfer + at + 4 * last;
  bit += LANE * last;
  word += LANE * last;
  for (let j = columns; j > 0; j--) {
    const cell = v128.load32_splat(g);
    const transfer = v128.load32_splat(t);
    a = f32x4.add(f32x4.mul(a, transfer), f32x4.mul(cell, v128.load(bit)));
    b = f32x4.add(f32x4.mul(b, transfer), f32x4.mul(cell, v128.load(bit, 16)));
    v128.store(word, a);
    v128.store(word, b, 16);
    g -= 4;
    t -= 4;
    bit -= LANE;
    word -= LANE;
  }
}

/**
 * Nodes of word line i back from its driver, what they change, and the next iterate; beside it the elimination of the word
 * line above, as `eliminateRow` does it: neither has to wait for the other's recursion.
 */
function takeRow(
  i: i32,
  volts: usize,
  amplitude0: v128,
  amplitude1: v128,
  u: usize,
  previous: usize,
  z: usize,
  word: usize,
  overshoot: f32,
  relaxation: f32,
  above: i32,
  bit: usize,
  next: usize,
): void {
  const over = f32x4.splat(overshoot);
  const omega = f32x4.splat(relaxation);
  const end = f32x4.splat(rowEnd);
  const segment = f32x4.splat(rowSegment);
  const at: usize = 4 * i * columns;
  const profile = v128.load32_splat(rowProfile + at);
  let a = f32x4.mul(f32x4.add(v128.load(volts), f32x4.mul(end, v128.load(word))), profile);
  let b = f32x4.mul(f32x4.add(v128.load(volts, 16), f32x4.mul(end, v128.load(word, 16))), profile);
  let most0 = change0;
  let most1 = change1;
  let sum0 = more0;
  let sum1 = more1;
  let behind = lag + at;
  let share = weight + at;
  let t = rowTransfer + at;

  const last = columns - 1;
  let c = f32x4.splat(0);
  let d = c;
  let g = cells + 4 * (above * columns + last);
  let s = rowTransfer + 4 * (above * columns + last);
  bit += LANE * last;
  next += LANE * last;
  for (let j = columns; j > 0; j--) {
    const cell = v128.load32_splat(g);
    const carry = v128.load32_splat(s);
    c = f32x4.add(f32x4.mul(c, carry), f32x4.mul(cell, v128.load(bit)));
    d = f32x4.add(f32x4.mul(d, carry), f32x4.mul(cell, v128.load(bit, 16)));
    v128.store(next, c);
    v128.store(next, d, 16);

    const late = v128.load32_splat(behind);
    const part = v128.load32_splat(share);
    const transfer = v128.load32_splat(t);
    word += LANE;

    const z0 = f32x4.add(a, f32x4.mul(late, amplitude0));
    v128.store(z, z0);
    const u0 = v128.load(u);
    const move0 = f32x4.sub(z0, u0);
    sum0 = f32x4.add(sum0, f32x4.mul(part, move0));
    most0 = f32x4.pmax(most0, f32x4.abs(move0));
    const last0 = v128.load(previous);
    const aim0 = f32x4.sub(f32x4.add(u0, f32x4.mul(over, move0)), last0);
    v128.store(previous, f32x4.add(last0, f32x4.mul(omega, aim0)));
    a = f32x4.mul(f32x4.add(a, f32x4.mul(segment, v128.load(word))), transfer);

    const z1 = f32x4.add(b, f32x4.mul(late, amplitude1));
    v128.store(z, z1, 16);
    const u1 = v128.load(u, 16);
    const move1 = f32x4.sub(z1, u1);
    sum1 = f32x4.add(sum1, f32x4.mul(part, move1));
    most1 = f32x4.pmax(most1, f32x4.abs(move1));
    const last1 = v128.load(previous, 16);
    const aim1 = f32x4.sub(f32x4.add(u1, f32x4.mul(over, move1)), last1);
    v128.store(previous, f32x4.add(last1, f32x4.mul(omega, aim1)), 16);
    b = f32x4.mul(f32x4.add(b, f32x4.mul(segment, v128.load(word, 16))), transfer);

    behind += 4;
    share += 4;
    t += 4;
    u += LANE;
    previous += LANE;
    z += LANE;
    g -= 4;
    s -= 4;
    bit -= LANE;
    next -= LANE;
  }
  change0 = most0;
  change1 = most1;
  more0 = sum0;
  more1 = sum1;
}
