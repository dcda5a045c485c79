import { Certificate, type Scales, scalesOf } from './certificate.js';
import { Chebyshev, extrapolate } from './chebyshev.js';
import { type Contraction, contractionOf } from './contraction.js';
import type { Crossbar } from './crossbar.js';
import type { ExactOptions } from './exact-options.js';
import { type LineLadders, lineLadders } from './line-ladders.js';
import { fourSolver } from './solve-four.js';
import { columnCurrents, sweep } from './sweep.js';
import { lanes } from './sweep-four.js';

export type { ExactOptions } from './exact-options.js';

/** The currents of the network under one vector of voltages. */
export interface ExactCurrents {
  /** [N] amperes out of the bit lines. */
  readonly currents: Float64Array;
  /** Proved: no current is further than this from the solution; amperes. */
  readonly errorBound: number;
  readonly sweeps: number;
}

/** The network's answer to one vector of voltages. */
export interface ExactVector extends ExactCurrents {
  /** [M·N] volts at the word-line nodes: the last plain sweep. */
  readonly nodes: Float64Array;
}

/** An array as the exact methods know it. */
export interface ExactArray {
  readonly ladders: LineLadders;
  readonly contraction: Contraction;
  readonly scales: Scales;
}

/** A network that is factorised once and solved for many inputs. */
export interface ExactSolver {
  readonly ladders: LineLadders;
  readonly contraction: Contraction;
  /** @param drive [M] volts on the word lines */
  solve(drive: ArrayLike<number>): ExactVector;
  /** The currents of several vectors, four at a time: a third of the time per vector. */
  solveAll(drives: readonly ArrayLike<number>[]): ExactCurrents[];
}

/**
 * The exact answer of the linear network: u = r V + T_r G T_c G u, I_j = Σ_i c_ij G_ij u_ij.
 *
 * Sweeps over the lines (each solved exactly), accelerated by the Chebyshev recurrence on [0, ρ], where ρ bounds the
 * spectrum of T_r G T_c G, which is real and not negative. It stops when the last plain sweep z from u proves
 * |I_j − I*_j| ≤ reach_j · |z − u|_w · ρ / (1 − ρ) to be within the tolerance, and returns that sweep's currents; the
 * bound adds an allowance for rounding. Work per sweep: about 14 operations per cell.
 *
 * @throws WireConvergenceError from `solve` when the tolerance cannot be proved
 */
export function exactSolver(crossbar: Crossbar, options: ExactOptions = {}): ExactSolver {
  const ladders = lineLadders(crossbar);
  const contraction = contractionOf(ladders);
  const array: ExactArray = { ladders, contraction, scales: scalesOf(ladders) };
  const solve = (drive: ArrayLike<number>) => solveVector(array, Float64Array.from(drive), options);
  const solveSome = fourSolver(array, options);
  const solveAll = (drives: readonly ArrayLike<number>[]) => {
    const answers: ExactCurrents[] = [];
    for (let k = 0; k < drives.length; k += lanes) {
      const some = drives.slice(k, k + lanes).map((drive) => Float64Array.from(drive));
      answers.push(...(some.length === 1 ? [solve(some[0]!)] : solveSome(some)));
    }
    return answers;
  };
  return { ladders, contraction, solve, solveAll };
}

function solveVector(
  { ladders, contraction, scales }: ExactArray,
  drive: Float64Array,
  options: ExactOptions,
): ExactVector {
  const { maxSweeps = 10_000 } = options;
  const chebyshev = new Chebyshev(contraction.gap);
  const certificate = new Certificate(scales, contraction, drive, options, chebyshev.patience);
  let u: Float64Array = grounded(ladders, drive);
  let previous: Float64Array = u.slice();
  const plain = new Float64Array(u.length);
  for (let sweeps = 1; ; sweeps++) {
    sweep(ladders, drive, u, plain);
    const change = distance(plain, u, contraction.scales);
    if (certificate.holds(change, sweeps)) {
      const { errorBound } = certificate;
      return { currents: columnCurrents(ladders, plain), nodes: plain, errorBound, sweeps };
    }
    if (sweeps >= maxSweeps) throw certificate.failure(change, sweeps);
    extrapolate(previous, u, plain, chebyshev.overshoot, chebyshev.relaxation());
    [u, previous] = [previous, u];
  }
}

/** max |a − b| / w; NaN if there is one. */
function distance(a: Float64Array, b: Float64Array, scales: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < a.length; k++) {
    const change = Math.abs(a[k]! - b[k]!) * scales[k]!;
    if (change > largest || Number.isNaN(change)) largest = change;
  }
  return largest;
}

/** [M·N] r V: the word-line nodes with grounded bit lines. */
function grounded({ crossbar, rowProfile }: LineLadders, drive: Float64Array): Float64Array {
  const u = new Float64Array(rowProfile.length);
  for (let i = 0, k = 0; i < crossbar.rows; i++) {
    for (let j = 0; j < crossbar.columns; j++, k++) u[k] = rowProfile[k]! * drive[i]!;
  }
  return u;
}
