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

/**
 * Steps of a sweep for one field u[m, n] of word-line nodes, four bit lines at a time and then four word lines.
 *
 * x = G · T_c G u: what the bit lines feed back into the word lines.
 *
 * @param line [n] workspace
 */
export function feedBack(u: usize, x: usize, line: usize): void {
  const width: usize = 4 * columns;
  let at: usize = 0;
  for (let i = 0; i < rows; i++) {
    eliminate(at, u + at, i == 0 ? line : x + at - width, x + at, i == 0);
    at += width;
  }
  memory.fill(line, 0, width);
  substitute(at - width, columnEnd, lastProfile, line, x + at - width);
  for (let i = rows - 1; i > 0; i--) {
    at -= width;
    substitute(at - width, columnSegment, columnTransfer + at, line, x + at - width);
  }
}

/** J = t·J(above) + G·u of one row. */
function eliminate(at: usize, u: usize, above: usize, x: usize, first: bool): void {
  if (first) memory.fill(above, 0, 4 * columns);
  const g = cells + at;
  const t = columnTransfer + at;
  const whole: usize = 4 * (columns & ~3);
  let k: usize = 0;
  for (; k < whole; k += 16) {
    const carried = f32x4.mul(v128.load(t + k), v128.load(above + k));
    v128.store(x + k, f32x4.add(carried, f32x4.mul(v128.load(g + k), v128.load(u + k))));
  }
  for (; k < 4 * columns; k += 4) {
    const carried = load<f32>(t + k) * load<f32>(above + k);
    store<f32>(x + k, carried + load<f32>(g + k) * load<f32>(u + k));
  }
}

/** Bit-line nodes of one row from those of the row below it, and x = G·v in the place of J. */
function substitute(at: usize, resistance: f32, factor: usize, line: usize, x: usize): void {
  const g = cells + at;
  const ohms = f32x4.splat(resistance);
  const whole: usize = 4 * (columns & ~3);
  let k: usize = 0;
  for (; k < whole; k += 16) {
    const raised = f32x4.add(v128.load(line + k), f32x4.mul(ohms, v128.load(x + k)));
    const v = f32x4.mul(raised, v128.load(factor + k));
    v128.store(line + k, v);
    v128.store(x + k, f32x4.mul(v, v128.load(g + k)));
  }
  for (; k < 4 * columns; k += 4) {
    const v: f32 = (load<f32>(line + k) + resistance * load<f32>(x + k)) * load<f32>(factor + k);
    store<f32>(line + k, v);
    store<f32>(x + k, v * load<f32>(g + k));
  }
}

/**
 * z = r V + T_r x; `x` is overwritten.
 *
 * @param volts [m], 0 for none
 */
export function respond(x: usize, volts: usize, z: usize): void {
  const width: usize = 4 * columns;
  let i = 0;
  for (; i + 4 <= rows; i += 4) respondFour(width * i, x, volts ? volts + 4 * i : 0, z);
  for (; i < rows; i++) respondOne(width * i, x, volts ? volts + 4 * i : 0, z);
}

/** Four independent chains hide the latency of the recursions. */
function respondFour(at: usize, x: usize, volts: usize, z: usize): void {
  const width: usize = 4 * columns;
  const x0 = x + at;
  const t0 = rowTransfer + at;
  let a: f32 = 0;
  let b: f32 = 0;
  let c: f32 = 0;
  let d: f32 = 0;
  for (let k: isize = 4 * (columns - 1); k >= 0; k -= 4) {
    const from = x0 + k;
    const t = t0 + k;
    a = a * load<f32>(t) + load<f32>(from);
    b = b * load<f32>(t + width) + load<f32>(from + width);
    c = c * load<f32>(t + 2 * width) + load<f32>(from + 2 * width);
    d = d * load<f32>(t + 3 * width) + load<f32>(from + 3 * width);
    store<f32>(from, a);
    store<f32>(from + width, b);
    store<f32>(from + 2 * width, c);
    store<f32>(from + 3 * width, d);
  }
  const r = rowProfile + at;
  a = held(volts, a, r);
  b = held(volts ? volts + 4 : 0, b, r + width);
  c = held(volts ? volts + 8 : 0, c, r + 2 * width);
  d = held(volts ? volts + 12 : 0, d, r + 3 * width);
  let to = z + at;
  let t = t0;
  let behind = x0;
  for (let j = columns; ;) {
    store<f32>(to, a);
    store<f32>(to + width, b);
    store<f32>(to + 2 * width, c);
    store<f32>(to + 3 * width, d);
    if (--j == 0) return;
    behind += 4;
    a = (a + rowSegment * load<f32>(behind)) * load<f32>(t);
    b = (b + rowSegment * load<f32>(behind + width)) * load<f32>(t + width);
    c = (c + rowSegment * load<f32>(behind + 2 * width)) * load<f32>(t + 2 * width);
    d = (d + rowSegment * load<f32>(behind + 3 * width)) * load<f32>(t + 3 * width);
    t += 4;
    to += 4;
  }
}

function respondOne(at: usize, x: usize, volts: usize, z: usize): void {
  let a: f32 = 0;
  for (let k: isize = 4 * (columns - 1); k >= 0; k -= 4) {
    a = a * load<f32>(rowTransfer + at + k) + load<f32>(x + at + k);
    store<f32>(x + at + k, a);
  }
  a = held(volts, a, rowProfile + at);
  for (let j = columns; ;) {
    store<f32>(z + at, a);
    if (--j == 0) return;
    a = (a + rowSegment * load<f32>(x + at + 4)) * load<f32>(rowTransfer + at);
    at += 4;
  }
}

/** The first node of a word line: (V + R_end J) r. */
function held(volts: usize, norton: f32, profile: usize): f32 {
  const drive: f32 = volts ? load<f32>(volts) : 0;
  return (drive + rowEnd * norton) * load<f32>(profile);
}

/** K u = T_r G T_c G u. */
export function coupled(u: usize, x: usize, z: usize, line: usize): void {
  feedBack(u, x, line);
  respond(x, 0, z);
}
