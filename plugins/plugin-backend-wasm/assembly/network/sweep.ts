import {
  cells,
  columnEnd,
  columns,
  columnSegment,
  columnTransfer,
  lastProfile,
  received,
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

/** max |z − u| of each vector in the last sweep. */
export let change0: v128 = i32x4.splat(0);
export let change1: v128 = i32x4.splat(0);

/**
 * One sweep z = r V + K u for eight vectors: bit lines for given word-line nodes u, then word lines for the bit-line
 * nodes found, each line by elimination from its open end. `previous` becomes Chebyshev's next iterate,
 * previous + relaxation · (u + overshoot · (z − u) − previous), and `currents` [n][8] the currents of z itself.
 *
 * @param volts [m][8]
 * @param u [m][n][8]; `previous` and `norton` alike
 * @param line [2][n][8] workspace
 */
export function sweep(
  volts: usize,
  u: usize,
  previous: usize,
  norton: usize,
  currents: usize,
  line: usize,
  overshoot: f32,
  relaxation: f32,
): void {
  const width = LANE * columns;
  eliminateColumns(u, norton);
  memory.fill(currents, 0, width);
  change0 = i32x4.splat(0);
  change1 = i32x4.splat(0);
  const bit = line;
  const word = line + width;
  memory.fill(bit, 0, width);
  for (let i = rows - 1; i >= 0; i--) {
    const at: usize = 4 * i * columns;
    const field = width * i;
    substituteColumns(i, norton + field, bit);
    eliminateRow(at, bit, word);
    substituteRow(at, volts + LANE * i, u + field, previous + field, word, currents, overshoot, relaxation);
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

/** Nodes of a word line back from its driver; what they change, the next iterate and their currents. */
function substituteRow(
  at: usize,
  volts: usize,
  u: usize,
  previous: usize,
  word: usize,
  currents: usize,
  overshoot: f32,
  relaxation: f32,
): void {
  const over = f32x4.splat(overshoot);
  const omega = f32x4.splat(relaxation);
  const end = f32x4.splat(rowEnd);
  const segment = f32x4.splat(rowSegment);
  const profile = v128.load32_splat(rowProfile + at);
  let a = f32x4.mul(f32x4.add(v128.load(volts), f32x4.mul(end, v128.load(word))), profile);
  let b = f32x4.mul(f32x4.add(v128.load(volts, 16), f32x4.mul(end, v128.load(word, 16))), profile);
  let most0 = change0;
  let most1 = change1;
  let weight = received + at;
  let t = rowTransfer + at;
  for (let j = columns; j > 0; j--) {
    const cg = v128.load32_splat(weight);
    const transfer = v128.load32_splat(t);
    word += LANE;

    const u0 = v128.load(u);
    const move0 = f32x4.sub(a, u0);
    most0 = f32x4.pmax(most0, f32x4.abs(move0));
    const last0 = v128.load(previous);
    const aim0 = f32x4.sub(f32x4.add(u0, f32x4.mul(over, move0)), last0);
    v128.store(previous, f32x4.add(last0, f32x4.mul(omega, aim0)));
    v128.store(currents, f32x4.add(v128.load(currents), f32x4.mul(cg, a)));
    a = f32x4.mul(f32x4.add(a, f32x4.mul(segment, v128.load(word))), transfer);

    const u1 = v128.load(u, 16);
    const move1 = f32x4.sub(b, u1);
    most1 = f32x4.pmax(most1, f32x4.abs(move1));
    const last1 = v128.load(previous, 16);
    const aim1 = f32x4.sub(f32x4.add(u1, f32x4.mul(over, move1)), last1);
    v128.store(previous, f32x4.add(last1, f32x4.mul(omega, aim1)), 16);
    v128.store(currents, f32x4.add(v128.load(currents, 16), f32x4.mul(cg, b)), 16);
    b = f32x4.mul(f32x4.add(b, f32x4.mul(segment, v128.load(word, 16))), transfer);

    weight += 4;
    t += 4;
    u += LANE;
    previous += LANE;
    currents += LANE;
  }
  change0 = most0;
  change1 = most1;
}
