import { contract, gap, spread } from './contraction';
import { columns, lineBytes, lost, prepare, rowProfile, rows, sneak } from './lines';
import { change0, change1, LANES, sweep } from './sweep';

/** Sweeps after which a block of vectors is given up. */
const MOST_SWEEPS: i32 = 10000;

/**
 * Currents out of the bit lines of independent arrays [m, n], see `exactCurrents` in @txsim/ops: sweeps over the lines
 * with Chebyshev's acceleration, eight vectors at a time.
 *
 * Of a plain sweep z from u, |I − I*| ≤ Σᵢ c·G · (max w / min w) · ρ / (1 − ρ) · max |z − u|. The sweeps end when this
 * factor of Σᵢ c·G is at most `tolerance` times the mean |V|, or when rounding stops them.
 *
 * @param volts [arrays][vectors][m]; 0 for unit vectors, one volt on each word line in turn (vectors = m)
 * @param out [arrays][vectors][n] amperes
 * @param workspace `exactWorkspace` bytes, 16-byte aligned
 * @returns the largest factor, in volts per mean volt, that was proved of any vector
 */
export function exactCurrents(
  arrays: i32,
  vectors: i32,
  m: i32,
  n: i32,
  volts: usize,
  g: usize,
  row: f32,
  column: f32,
  rowEnd: f32,
  columnEnd: f32,
  tolerance: f32,
  out: usize,
  workspace: usize,
): f32 {
  let worst: f32 = 0;
  const fields = (workspace + lineBytes(m, n) + 15) & ~15;
  for (; arrays > 0; arrays--) {
    prepare(m, n, g, row, column, rowEnd, columnEnd, workspace);
    prepareFields(fields);
    contract(drives, first, second, norton, currents, line);
    for (let k = 0; k < vectors; k += LANES) {
      const count = min(LANES, vectors - k);
      if (volts) gather(count, volts + 4 * k * m);
      else unitVectors(k);
      worst = max(worst, solveBlock(tolerance));
      scatter(count, out + 4 * k * n);
    }
    g += 4 * m * n;
    out += 4 * vectors * n;
    if (volts) volts += 4 * vectors * m;
  }
  return worst;
}

/** Bytes that `exactCurrents` needs. */
export function exactWorkspace(m: i32, n: i32): usize {
  return lineBytes(m, n) + 16 + 32 * (3 * m * n + m + 3 * n + 1);
}

let drives: usize = 0;
let first: usize = 0;
let second: usize = 0;
let norton: usize = 0;
let currents: usize = 0;
let line: usize = 0;

function prepareFields(at: usize): void {
  const field: usize = 32 * rows * columns;
  first = at;
  second = first + field;
  norton = second + field;
  drives = norton + field;
  currents = drives + 32 * rows;
  line = currents + 32 * columns;
}

/** [count][m] → [m][8], 0 beyond `count`. */
function gather(count: i32, volts: usize): void {
  for (let i = 0; i < rows; i++) {
    for (let l = 0; l < LANES; l++) {
      store<f32>(drives + 32 * i + 4 * l, l < count ? load<f32>(volts + 4 * (l * rows + i)) : 0);
    }
  }
}

function unitVectors(from: i32): void {
  memory.fill(drives, 0, 32 * rows);
  const count = min(LANES, rows - from);
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

/** The eight vectors in `drives` → `currents`. */
function solveBlock(tolerance: f32): f32 {
  let mean0 = f32x4.splat(0);
  let mean1 = mean0;
  for (let i = 0; i < rows; i++) {
    mean0 = f32x4.add(mean0, f32x4.abs(v128.load(drives + 32 * i)));
    mean1 = f32x4.add(mean1, f32x4.abs(v128.load(drives + 32 * i, 16)));
  }
  // Vectors without volts have no change either.
  const each = f32x4.splat(1 / f32(rows));
  const least = f32x4.splat(1e-30);
  mean0 = f32x4.max(f32x4.mul(mean0, each), least);
  mean1 = f32x4.max(f32x4.mul(mean1, each), least);
  start();
  const factor: f32 = (spread * (1 - gap)) / gap;
  const overshoot: f32 = 2 / (1 + gap);
  const sigma: f32 = (1 - gap) / (1 + gap);
  const square = sigma * sigma;
  const patience = 5 + i32(-9.2 / Mathf.log(sigma / (1 + Mathf.sqrt(1 - square)) + 1e-30));
  let relaxation: f32 = 1;
  let best: f32 = Infinity;
  let since: i32 = 0;
  let u = first;
  let previous = second;
  for (let sweeps = 1; ; sweeps++) {
    if (sweeps > 1) relaxation = 1 / (1 - (square * relaxation) / (sweeps == 2 ? 2 : 4));
    sweep(drives, u, previous, norton, currents, line, overshoot, relaxation);
    const most = f32x4.max(f32x4.div(change0, mean0), f32x4.div(change1, mean1));
    const proved = factor * largestLane(most);
    if (proved < best / 2) {
      best = proved;
      since = sweeps;
    }
    if (proved <= tolerance || sweeps - since > patience || sweeps == MOST_SWEEPS) return proved;
    const swapped = u;
    u = previous;
    previous = swapped;
  }
  return 0;
}

function largestLane(x: v128): f32 {
  const a = max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1));
  return max(a, max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)));
}

/** u = r V + (1 − r) U with the amplitude U = κ Σ p V of the rank-one form: the iteration begins with its answer. */
function start(): void {
  let fed0 = f32x4.splat(0);
  let fed1 = fed0;
  for (let i = 0; i < rows; i++) {
    const p = f32x4.splat(sneak * load<f32>(lost + 4 * i));
    fed0 = f32x4.add(fed0, f32x4.mul(p, v128.load(drives + 32 * i)));
    fed1 = f32x4.add(fed1, f32x4.mul(p, v128.load(drives + 32 * i, 16)));
  }
  let to: usize = 0;
  let profile = rowProfile;
  for (let i = 0; i < rows; i++) {
    const own0 = f32x4.sub(v128.load(drives + 32 * i), fed0);
    const own1 = f32x4.sub(v128.load(drives + 32 * i, 16), fed1);
    for (let j = columns; j > 0; j--) {
      const r = v128.load32_splat(profile);
      const a = f32x4.add(fed0, f32x4.mul(r, own0));
      const b = f32x4.add(fed1, f32x4.mul(r, own1));
      v128.store(first + to, a);
      v128.store(first + to, b, 16);
      v128.store(second + to, a);
      v128.store(second + to, b, 16);
      profile += 4;
      to += 32;
    }
  }
}
