/** Σ x^a y^b of G(1−r), G(1−c) and G(1−r)(1−c), a = 0, 1, 2, and of the word lines' strain; lane b of a vector. */
let word0: v128 = i32x4.splat(0);
let word1: v128 = i32x4.splat(0);
let word2: v128 = i32x4.splat(0);
let bit0: v128 = i32x4.splat(0);
let bit1: v128 = i32x4.splat(0);
let bit2: v128 = i32x4.splat(0);
let both0: v128 = i32x4.splat(0);
let both1: v128 = i32x4.splat(0);
let both2: v128 = i32x4.splat(0);

export function startMoments(): void {
  const zero = i32x4.splat(0);
  word0 = zero;
  word1 = zero;
  word2 = zero;
  bit0 = zero;
  bit1 = zero;
  bit2 = zero;
  both0 = zero;
  both1 = zero;
  both2 = zero;
}

class Lanes {
  /** The sums over the lanes of four vectors, as one vector. */
  @inline static sums(a: v128, b: v128, c: v128, d: v128): v128 {
    const ab = f32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
    const cd = f32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
    return f32x4.add(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3));
  }
}

/**
 * One row of an array: its c (`out` · `columnScale`) is replaced by B = r·G·c, its moments are added to those so far,
 * gain[0][j] += c·G·(1−r), gain[1][j] += x·c·G·(1−r), strain[j] += (1−c)(1−c') with c' of the next row where `inside`,
 * and p receives Σⱼ r·G·(1−c) and Σⱼ y·r·G·(1−c).
 */
export function sneakRow(
  n: i32,
  x: f32,
  inside: bool,
  g: usize,
  rows: usize,
  rowScale: f32,
  out: usize,
  columnScale: usize,
  gain: usize,
  strain: usize,
  y: usize,
  pairs: usize,
  p: usize,
): void {
  const line: usize = 4 * n;
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const scale = f32x4.splat(rowScale);
  const xs = f32x4.splat(x);
  const next = inside ? line : 0;
  let w0 = zero;
  let w1 = zero;
  let w2 = zero;
  let b0 = zero;
  let b1 = zero;
  let b2 = zero;
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  let strained = zero;
  for (let at: usize = 0; at < line; at += 16) {
    const cell = v128.load(g + at);
    const along = v128.load(y + at);
    const cs = v128.load(columnScale + at);
    const r = f32x4.mul(v128.load(rows + at), scale);
    const c = f32x4.mul(v128.load(out + at), cs);
    const w = f32x4.sub(one, r);
    const z = f32x4.sub(one, c);
    const ahead = f32x4.sub(one, f32x4.mul(v128.load(rows + at + 4), scale));
    strained = f32x4.add(strained, f32x4.mul(f32x4.mul(w, ahead), v128.load(pairs + at)));
    if (inside) {
      const below = f32x4.sub(one, f32x4.mul(v128.load(out + next + at), cs));
      v128.store(strain + at, f32x4.add(v128.load(strain + at), f32x4.mul(z, below)));
    }
    v128.store(out + at, f32x4.mul(f32x4.mul(cell, r), c));
    const gw = f32x4.mul(cell, w);
    const gained = f32x4.mul(gw, c);
    v128.store(gain + at, f32x4.add(v128.load(gain + at), gained));
    v128.store(gain + line + at, f32x4.add(v128.load(gain + line + at), f32x4.mul(xs, gained)));
    const gz = f32x4.mul(cell, z);
    const gwz = f32x4.mul(gw, z);
    w0 = f32x4.add(w0, gw);
    b0 = f32x4.add(b0, gz);
    s0 = f32x4.add(s0, gwz);
    const gwy = f32x4.mul(gw, along);
    const gzy = f32x4.mul(gz, along);
    const gwzy = f32x4.mul(gwz, along);
    w1 = f32x4.add(w1, gwy);
    b1 = f32x4.add(b1, gzy);
    s1 = f32x4.add(s1, gwzy);
    w2 = f32x4.add(w2, f32x4.mul(gwy, along));
    b2 = f32x4.add(b2, f32x4.mul(gzy, along));
    s2 = f32x4.add(s2, f32x4.mul(gwzy, along));
  }
  const ofWord = Lanes.sums(w0, w1, w2, strained);
  const ofBit = Lanes.sums(b0, b1, b2, zero);
  const ofBoth = Lanes.sums(s0, s1, s2, zero);
  // r·G·(1−c) = G(1−c) − G(1−r)(1−c)
  v128.store64_lane(p, f32x4.sub(ofBit, ofBoth), 0);
  const xx = f32x4.splat(x * x);
  word0 = f32x4.add(word0, ofWord);
  word1 = f32x4.add(word1, f32x4.mul(xs, ofWord));
  word2 = f32x4.add(word2, f32x4.mul(xx, ofWord));
  bit0 = f32x4.add(bit0, ofBit);
  bit1 = f32x4.add(bit1, f32x4.mul(xs, ofBit));
  bit2 = f32x4.add(bit2, f32x4.mul(xx, ofBit));
  both0 = f32x4.add(both0, ofBoth);
  both1 = f32x4.add(both1, f32x4.mul(xs, ofBoth));
  both2 = f32x4.add(both2, f32x4.mul(xx, ofBoth));
}

/**
 * The matrix of the energies, [8][8] float64, from the moments: modes of the word lines, then of the bit lines, each 1,
 * y, x, x·y. `wordStiff` and `bitStiff` are δ² / R of the segments.
 */
export function blockMoments(
  n: i32,
  strain: usize,
  y: usize,
  energy: usize,
  wordStiff: f64,
  bitStiff: f64,
): void {
  let f0: f64 = 0;
  let f1: f64 = 0;
  let f2: f64 = 0;
  for (let j = 0; j < n; j++) {
    const at = f64(load<f32>(y + 4 * j));
    const strained = f64(load<f32>(strain + 4 * j));
    f0 += strained;
    f1 += strained * at;
    f2 += strained * at * at;
  }
  for (let k = 0; k < 16; k++) {
    const row = k >> 2;
    const column = k & 3;
    const a = (row >> 1) + (column >> 1);
    const b = (row & 1) + (column & 1);
    const word = a == 0 ? word0 : a == 1 ? word1 : word2;
    const bit = a == 0 ? bit0 : a == 1 ? bit1 : bit2;
    const both = a == 0 ? both0 : a == 1 ? both1 : both2;
    const across = b == 0 ? f0 : b == 1 ? f1 : f2;
    const alongWord = b == 2 ? wordStiff * f64(f32x4.extract_lane(word, 3)) : 0;
    const alongBit = a == 2 ? bitStiff * across : 0;
    store<f64>(energy + 8 * (8 * row + column), laneOf(word, b) + alongWord);
    store<f64>(energy + 8 * (8 * (row + 4) + column + 4), laneOf(bit, b) + alongBit);
    store<f64>(energy + 8 * (8 * row + column + 4), -laneOf(both, b));
    store<f64>(energy + 8 * (8 * (row + 4) + column), -laneOf(both, b));
  }
}

function laneOf(x: v128, lane: i32): f64 {
  if (lane == 0) return f64(f32x4.extract_lane(x, 0));
  return f64(lane == 1 ? f32x4.extract_lane(x, 1) : f32x4.extract_lane(x, 2));
}
