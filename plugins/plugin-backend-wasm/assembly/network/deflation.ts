import { cells, columns, received, rowProfile, rows } from './lines';
import { coupled, feedBack, respond } from './plane';

/**
 * The mode that converges by far the slowest, φ = 1 − r: the word lines' answer to a uniform potential of the bit lines.
 * It is taken out of the iteration. K is self-adjoint in ⟨a, b⟩ = Σ a·G·T_c G b, so
 *
 *     P e = φ ⟨φ, (1 − K) e⟩ / ⟨φ, (1 − K) φ⟩
 *
 * projects orthogonally in its energy, and what P leaves is damped by λ₂, the second eigenvalue of K: 0.07 instead of 0.34
 * in an array of 128 × 128 that loses half of its current. Of an iterate u + a φ the sweeps know u; of its plain sweep,
 *
 *     z = r V + K u + a K φ = [r V + K u + a (K φ − φ)] + a φ,
 *
 * the bracket, and the projection of z adds Σ weight · (z − u − a φ) to a.
 */
/** [m, n] K φ − φ, and [m, n] G·T_c G K φ / ⟨φ, (1 − K) φ⟩. */
export let lag: usize = 0;
export let weight: usize = 0;
/** [m] the amplitude a that one volt on a word line begins with, and [n] Σᵢ c·G·φ. */
export let begun: usize = 0;
export let gained: usize = 0;
/** λ₂, as far as two applications tell; 0 where nothing is taken out. */
export let second: f32 = 0;
/** Whether there is a φ: word lines that resist. */
export let deflates: bool = false;

/** Bytes of workspace that `deflate` keeps. */
export function deflationBytes(m: i32, n: i32): usize {
  return 4 * (2 * m * n + m + n);
}

/**
 * Describes the mode of the array in `lines`; what it writes stays in `workspace`.
 *
 * @param x [m][n] scratch; `z` alike, `line` [n]
 */
export function deflate(workspace: usize, x: usize, z: usize, line: usize): void {
  const plane: usize = 4 * rows * columns;
  lag = workspace;
  weight = lag + plane;
  begun = weight + plane;
  gained = begun + 4 * rows;
  mode(z);
  feedBack(z, x, line);
  const own = product(z, x);
  respond(x, 0, lag);
  feedBack(lag, weight, line);
  const energy = own - product(z, weight);
  deflates = energy > 1e-6 * own;
  const scale: f32 = deflates ? f32(1 / energy) : 0;
  for (let k: usize = 0; k < plane; k += 4) {
    store<f32>(lag + k, scale == 0 ? 0 : load<f32>(lag + k) - load<f32>(z + k));
    store<f32>(weight + k, scale * load<f32>(weight + k));
  }
  ends(z);
  second = deflates ? damping(x, z, line) : 0;
}

function mode(phi: usize): void {
  for (let k: usize = 0; k < 4 * rows * columns; k += 4) store<f32>(phi + k, 1 - load<f32>(rowProfile + k));
}

/** Σ a·b in float64. */
function product(a: usize, b: usize): f64 {
  let sum: f64 = 0;
  for (let k: usize = 0; k < 4 * rows * columns; k += 4) sum += f64(load<f32>(a + k)) * f64(load<f32>(b + k));
  return sum;
}

function ends(phi: usize): void {
  memory.fill(gained, 0, 4 * columns);
  let k: usize = 0;
  for (let i = 0; i < rows; i++) {
    let sum: f64 = 0;
    for (let j = 0; j < columns; j++) {
      sum += f64(load<f32>(weight + k)) * f64(load<f32>(rowProfile + k));
      const gain = load<f32>(received + k) * load<f32>(phi + k);
      store<f32>(gained + 4 * j, load<f32>(gained + 4 * j) + gain);
      k += 4;
    }
    store<f32>(begun + 4 * i, f32(sum));
  }
}

/** |E² w| / |E w| with E = (1 − P) K, of a w that leans along both sides. */
function damping(x: usize, z: usize, line: usize): f32 {
  const plane: usize = 4 * rows * columns;
  const w = x + plane;
  let k: usize = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const lean: f32 = (f32(i) + 0.5) / f32(rows) + (f32(j) + 0.5) / f32(columns) - 1;
      store<f32>(w + k, lean * (1 - load<f32>(rowProfile + k)));
      k += 4;
    }
  }
  const once = damped(w, x, z, line);
  return once > 0 ? f32(damped(w, x, z, line) / once) : 0;
}

/** w ← E w; its norm. */
function damped(w: usize, x: usize, z: usize, line: usize): f64 {
  const plane: usize = 4 * rows * columns;
  coupled(w, x, z, line);
  let amplitude: f64 = 0;
  for (let k: usize = 0; k < plane; k += 4) {
    amplitude += f64(load<f32>(weight + k)) * f64(load<f32>(w + k) - load<f32>(z + k));
  }
  let norm: f64 = 0;
  for (let k: usize = 0; k < plane; k += 4) {
    const value = load<f32>(z + k) - f32(amplitude) * (1 - load<f32>(rowProfile + k));
    store<f32>(w + k, value);
    norm += f64(value) * f64(value);
  }
  return Math.sqrt(norm);
}
