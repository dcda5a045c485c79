import { advance, begin, enough, factor, overshoot, relaxation } from './chebyshev';
import { begun, gained } from './deflation';
import { columns, received, rowProfile, rows } from './lines';
import { cellVoltages, change0, change1, LANES, more0, more1, sweep } from './sweep';

let drives: usize = 0;
let ends: usize = 0;
let first: usize = 0;
let second: usize = 0;
let z: usize = 0;
let currents: usize = 0;
let line: usize = 0;
/** The amplitudes of the mode, of the last solution. */
let mode0: v128 = i32x4.splat(0);
let mode1: v128 = i32x4.splat(0);

/** Bytes of workspace. */
export function blockBytes(m: i32, n: i32): usize {
  return 32 * (3 * m * n + m + 5 * n + 3);
}

/** Blocks of eight vectors of the array in `lines` are solved in this workspace. */
export function prepareBlocks(workspace: usize): void {
  const field: usize = 32 * rows * columns;
  first = workspace;
  second = first + field;
  z = second + field;
  drives = z + field;
  ends = drives + 32 * rows;
  currents = ends + 32 * columns;
  line = currents + 32 * columns;
}

/**
 * Up to eight vectors.
 *
 * @param volts [count][m], or 0 for one volt on word line `from` and on those behind it
 * @param out [count][n]
 * @returns what was proved of the worst of them, in volts per mean volt
 */
export function solveBlock(count: i32, volts: usize, from: i32, tolerance: f32, out: usize): f32 {
  memory.fill(ends, 0, 32 * columns);
  if (volts) gather(count, volts, rows, drives);
  else unitVectors(count, from);
  const proved = iterate(tolerance);
  receive();
  scatter(count, out);
  return proved;
}

/**
 * The voltages [m][n][8] of the cells for one volt on word line `from`, and on `count` − 1 behind it; the answer lies in
 * this workspace until the next one.
 */
export function drivenFromRows(count: i32, from: i32, tolerance: f32): usize {
  memory.fill(ends, 0, 32 * columns);
  unitVectors(count, from);
  return voltages(tolerance);
}

/** The same for volts [count][n] on the bit lines, the word lines grounded. */
export function drivenFromColumns(count: i32, volts: usize, tolerance: f32): usize {
  memory.fill(drives, 0, 32 * rows);
  gather(count, volts, columns, ends);
  return voltages(tolerance);
}

function voltages(tolerance: f32): usize {
  iterate(tolerance);
  let to = z;
  for (let k: usize = 0; k < 4 * rows * columns; k += 4) {
    const phi = f32x4.splat(1 - load<f32>(rowProfile + k));
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(phi, mode0)));
    v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(phi, mode1)), 16);
    to += 32;
  }
  cellVoltages(z, ends, first, line);
  return z;
}

/** [count][length] → [length][8], 0 beyond `count`. */
function gather(count: i32, volts: usize, length: i32, to: usize): void {
  for (let i = 0; i < length; i++) {
    for (let l = 0; l < LANES; l++) {
      store<f32>(to + 32 * i + 4 * l, l < count ? load<f32>(volts + 4 * (l * length + i)) : 0);
    }
  }
}

function unitVectors(count: i32, from: i32): void {
  memory.fill(drives, 0, 32 * rows);
  for (let l = 0; l < count; l++) store<f32>(drives + 32 * (from + l) + 4 * l, 1);
}

/** [n][8] → [count][n]. */
function scatter(count: i32, out: usize): void {
  for (let l = 0; l < count; l++) {
    for (let j = 0; j < columns; j++) {
      store<f32>(out + 4 * (l * columns + j), load<f32>(currents + 32 * j + 4 * l));
    }
  }
}

/** The vectors in `drives` and `ends` → `z` and the amplitudes of the mode. */
function iterate(tolerance: f32): f32 {
  let mean0 = f32x4.splat(0);
  let mean1 = mean0;
  let a0 = mean0;
  let a1 = mean0;
  for (let i = 0; i < rows; i++) {
    const volts0 = v128.load(drives + 32 * i);
    const volts1 = v128.load(drives + 32 * i, 16);
    const amplitude = v128.load32_splat(begun + 4 * i);
    mean0 = f32x4.add(mean0, f32x4.abs(volts0));
    mean1 = f32x4.add(mean1, f32x4.abs(volts1));
    a0 = f32x4.add(a0, f32x4.mul(amplitude, volts0));
    a1 = f32x4.add(a1, f32x4.mul(amplitude, volts1));
  }
  const each = f32x4.splat(1 / f32(rows));
  mean0 = f32x4.mul(mean0, each);
  mean1 = f32x4.mul(mean1, each);
  const share = f32x4.splat(1 / f32(columns));
  for (let j = 0; j < columns; j++) {
    mean0 = f32x4.add(mean0, f32x4.mul(share, f32x4.abs(v128.load(ends + 32 * j))));
    mean1 = f32x4.add(mean1, f32x4.mul(share, f32x4.abs(v128.load(ends + 32 * j, 16))));
  }
  // Vectors without volts have no change either.
  const least = f32x4.splat(1e-30);
  mean0 = f32x4.max(mean0, least);
  mean1 = f32x4.max(mean1, least);
  start();
  begin();
  let before0 = a0;
  let before1 = a1;
  let u = first;
  let previous = second;
  for (;;) {
    advance();
    sweep(drives, ends, a0, a1, u, previous, z, line, overshoot, relaxation);
    const most = f32x4.max(f32x4.div(change0, mean0), f32x4.div(change1, mean1));
    const proved = factor * largestLane(most);
    if (enough(proved, tolerance)) {
      mode0 = a0;
      mode1 = a1;
      return proved;
    }
    const next0 = step(a0, before0, more0);
    const next1 = step(a1, before1, more1);
    before0 = a0;
    before1 = a1;
    a0 = next0;
    a1 = next1;
    const swapped = u;
    u = previous;
    previous = swapped;
  }
  return 0;
}

/** Chebyshev's next amplitude. */
function step(a: v128, before: v128, more: v128): v128 {
  const aim = f32x4.add(a, f32x4.mul(f32x4.splat(overshoot), more));
  return f32x4.add(before, f32x4.mul(f32x4.splat(relaxation), f32x4.sub(aim, before)));
}

function largestLane(x: v128): f32 {
  const a = max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1));
  return max(a, max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)));
}

/** u = r V; what comes before the first iterate has no weight. */
function start(): void {
  const width: usize = 32 * columns;
  memory.fill(first, 0, 2 * width * rows);
  for (let i = 0; i < rows; i++) {
    const volts0 = v128.load(drives + 32 * i);
    const volts1 = v128.load(drives + 32 * i, 16);
    if (!v128.any_true(v128.or(volts0, volts1))) continue;
    let to = first + width * i;
    let profile = rowProfile + 4 * i * columns;
    for (let j = columns; j > 0; j--) {
      const r = v128.load32_splat(profile);
      v128.store(to, f32x4.mul(r, volts0));
      v128.store(to, f32x4.mul(r, volts1), 16);
      profile += 4;
      to += 32;
    }
  }
}

/** currents[n][8] = Σᵢ c·G·z + a Σᵢ c·G·φ */
function receive(): void {
  for (let j = 0; j < columns; j++) {
    const gain = v128.load32_splat(gained + 4 * j);
    v128.store(currents + 32 * j, f32x4.mul(gain, mode0));
    v128.store(currents + 32 * j, f32x4.mul(gain, mode1), 16);
  }
  let from = z;
  let share = received;
  for (let i = 0; i < rows; i++) {
    let to = currents;
    for (let j = columns; j > 0; j--) {
      const cg = v128.load32_splat(share);
      v128.store(to, f32x4.add(v128.load(to), f32x4.mul(cg, v128.load(from))));
      v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(cg, v128.load(from, 16))), 16);
      share += 4;
      from += 32;
      to += 32;
    }
  }
}
