import { gap, spread } from './contraction';
import { second } from './deflation';

/** Sweeps after which vectors are given up. */
const MOST_SWEEPS: i32 = 10000;
/** What `second` may be too small by. */
const MARGIN: f32 = 1.2;

/** 1 + σ, and the weight of the next iterate against the one before the last. */
export let overshoot: f32 = 1;
export let relaxation: f32 = 1;
/** What a change is multiplied with to bound the error of the currents, in units of Σᵢ c·G. */
export let factor: f32 = 0;

let square: f32 = 0;
let patience: i32 = 0;
let sweeps: i32 = 0;
let best: f32 = 0;
let since: i32 = 0;

/** Chebyshev's acceleration on [0, ρ], ρ being the spectral radius that is left. */
export function begin(): void {
  const proved: f32 = 1 - gap;
  const radius = min(proved, second > 0 ? MARGIN * second : proved);
  const sigma: f32 = radius / (2 - radius);
  overshoot = 1 + sigma;
  relaxation = 1;
  factor = (spread * proved) / gap;
  square = sigma * sigma;
  // What float32 resolves takes so many sweeps; where two thirds of them halve nothing, rounding does it.
  patience = 5 + i32(-6.0 / Mathf.log(sigma / (1 + Mathf.sqrt(1 - square)) + 1e-30));
  sweeps = 0;
  best = Infinity;
  since = 0;
}

/** Before each sweep. */
export function advance(): void {
  sweeps++;
  if (sweeps > 1) relaxation = 1 / (1 - (square * relaxation) / (sweeps == 2 ? 2 : 4));
}

/** After a sweep that proved an error of so much: whether it is the last. */
export function enough(proved: f32, tolerance: f32): bool {
  if (proved < best / 2) {
    best = proved;
    since = sweeps;
  }
  return proved <= tolerance || sweeps - since > patience || sweeps == MOST_SWEEPS;
}
