import { advance, begin, enough, factor, overshoot, relaxation } from './chebyshev';
import { begun, gained, lag, weight } from './deflation';
import { columns, received, rowProfile, rows } from './lines';
import { feedBack, respond } from './plane';

let drive: usize = 0;
let first: usize = 0;
let second: usize = 0;
let x: usize = 0;
let z: usize = 0;
let line: usize = 0;

/** Bytes of workspace. */
export function singleBytes(m: i32, n: i32): usize {
  return 4 * (4 * m * n + m + n);
}

/** Single vectors of the array in `lines` are solved in this workspace. */
export function prepareSingles(workspace: usize): void {
  const plane: usize = 4 * rows * columns;
  first = workspace;
  second = first + plane;
  x = second + plane;
  z = x + plane;
  drive = z + plane;
  line = drive + 4 * rows;
}

/**
 * One vector.
 *
 * @param volts [m], or 0 for one volt on word line `from`
 * @param out [n]
 * @returns what was proved of it, in volts per mean volt
 */
export function solveSingle(volts: usize, from: i32, tolerance: f32, out: usize): f32 {
  if (volts) {
    memory.copy(drive, volts, 4 * rows);
  } else {
    memory.fill(drive, 0, 4 * rows);
    store<f32>(drive + 4 * from, 1);
  }
  let mean: f32 = 0;
  let a: f32 = 0;
  for (let i = 0; i < rows; i++) {
    const v = load<f32>(drive + 4 * i);
    mean += Mathf.abs(v);
    a += v * load<f32>(begun + 4 * i);
  }
  mean = max(mean / f32(rows), 1e-30);
  start();
  begin();
  let before = a;
  let u = first;
  let previous = second;
  for (;;) {
    advance();
    feedBack(u, x, line);
    respond(x, drive, z);
    const proved: f32 = (factor * accelerate(u, previous, a)) / mean;
    if (enough(proved, tolerance)) {
      receive(a, out);
      return proved;
    }
    const next = before + relaxation * (a + overshoot * more - before);
    before = a;
    a = next;
    const swapped = u;
    u = previous;
    previous = swapped;
  }
  return 0;
}

/** u = r V */
function start(): void {
  let k: usize = 0;
  for (let i = 0; i < rows; i++) {
    const v = load<f32>(drive + 4 * i);
    for (let j = columns; j > 0; j--) {
      store<f32>(first + k, v * load<f32>(rowProfile + k));
      k += 4;
    }
  }
  memory.copy(second, first, k);
}

/** What the projection adds to the amplitude of the mode. */
let more: f32 = 0;

/** z ← z + a (K φ − φ), `previous` ← the next iterate; max |z − u|. */
function accelerate(u: usize, previous: usize, a: f32): f32 {
  const size: usize = 4 * rows * columns;
  const whole = size & ~15;
  const amplitude = f32x4.splat(a);
  const over = f32x4.splat(overshoot);
  const omega = f32x4.splat(relaxation);
  let most = f32x4.splat(0);
  let sum = most;
  let k: usize = 0;
  for (; k < whole; k += 16) {
    const plain = f32x4.add(v128.load(z + k), f32x4.mul(amplitude, v128.load(lag + k)));
    const now = v128.load(u + k);
    const last = v128.load(previous + k);
    const move = f32x4.sub(plain, now);
    most = f32x4.pmax(most, f32x4.abs(move));
    sum = f32x4.add(sum, f32x4.mul(v128.load(weight + k), move));
    const aim = f32x4.sub(f32x4.add(now, f32x4.mul(over, move)), last);
    v128.store(z + k, plain);
    v128.store(previous + k, f32x4.add(last, f32x4.mul(omega, aim)));
  }
  let change = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  more = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
  more += f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
  for (; k < size; k += 4) {
    const plain = load<f32>(z + k) + a * load<f32>(lag + k);
    const now = load<f32>(u + k);
    const last = load<f32>(previous + k);
    const move = plain - now;
    change = max(change, Mathf.abs(move));
    more += load<f32>(weight + k) * move;
    store<f32>(z + k, plain);
    store<f32>(previous + k, last + relaxation * (now + overshoot * move - last));
  }
  return change;
}

/** out[j] = Σᵢ c·G·z + a Σᵢ c·G·φ */
function receive(a: f32, out: usize): void {
  for (let j = 0; j < columns; j++) store<f32>(out + 4 * j, a * load<f32>(gained + 4 * j));
  let k: usize = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const to = out + 4 * j;
      store<f32>(to, load<f32>(to) + load<f32>(received + k) * load<f32>(z + k));
      k += 4;
    }
  }
}
