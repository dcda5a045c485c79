import { Chebyshev } from './chebyshev.js';
import { type Contraction, contractionOf, roundingOf } from './contraction.js';
import type { Crossbar } from './crossbar.js';
import { WireConvergenceError } from './errors.js';
import { greatest, greatestMagnitude } from './greatest.js';
import { type LineLadders, lineLadders } from './line-ladders.js';
import { columnCurrents, sweep } from './sweep.js';

export interface ExactOptions {
  /**
   * Largest error of a vector's currents, relative to the largest current that |V| drives at least, max_j Σ_i B_ij |V_i|
   * (B: `solve-ladder.ts`; for V ≥ 0 no more than the largest current itself). Default 1e-11. Where float64 cannot
   * resolve that much the solution stops at what it can, 1e-6 at worst, and `errorBound` says what was reached.
   */
  readonly tolerance?: number;
  /** Sweeps after which a vector is given up. Default 10 000. */
  readonly maxSweeps?: number;
}

/** Changes of a node, relative to the largest voltage, that can be the rounding of a converged solution. */
const roundingFloor = 2 ** -30;
/** The least that is accepted of a solution that rounding has stopped, relative like the tolerance. */
const leastTolerance = 1e-6;

/** The network's answer to one vector of voltages. */
export interface ExactVector {
  /** [N] amperes out of the bit lines. */
  readonly currents: Float64Array;
  /** [M·N] volts at the word-line nodes: the last plain sweep. */
  readonly nodes: Float64Array;
  /** Proved: no current is further than this from the solution; amperes. */
  readonly errorBound: number;
  readonly sweeps: number;
}

export interface ExactSolver {
  readonly ladders: LineLadders;
  readonly contraction: Contraction;
  /** @param drive [M] volts on the word lines */
  solve(drive: ArrayLike<number>): ExactVector;
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
  const solve = (drive: ArrayLike<number>) =>
    solveVector(ladders, contraction, Float64Array.from(drive), options);
  return { ladders, contraction, solve };
}

function solveVector(
  ladders: LineLadders,
  contraction: Contraction,
  drive: Float64Array,
  options: ExactOptions,
): ExactVector {
  const { tolerance = 1e-11, maxSweeps = 10_000 } = options;
  const chebyshev = new Chebyshev(contraction.gap, started(ladders, drive));
  const amplification = ((1 - contraction.gap) / contraction.gap) * greatest(contraction.reach);
  const largest = greatestMagnitude(drive);
  const scale = leastScale(ladders, drive);
  let best = { bound: Infinity, sweeps: 0 };
  for (let sweeps = 1; ; sweeps++) {
    const { u, plain } = chebyshev;
    sweep(ladders, drive, u, plain);
    const bound = amplification * distance(plain, u, contraction.weights);
    if (bound < best.bound / 2) best = { bound, sweeps };
    const settled =
      sweeps - best.sweeps > chebyshev.patience && distance(plain, u) <= roundingFloor * largest;
    const goal = settled ? Math.max(tolerance, leastTolerance) : tolerance;
    if (bound <= goal * scale) {
      const errorBound = bound + allowance(ladders, largest);
      return { currents: columnCurrents(ladders, plain), nodes: plain, errorBound, sweeps };
    }
    if (sweeps >= maxSweeps) {
      const residual = distance(plain, u) / largest;
      const certified = bound / scale;
      throw new WireConvergenceError({
        residual,
        certified,
        tolerance,
        sweeps,
        contraction: 1 - contraction.gap,
      });
    }
    chebyshev.advance();
  }
}

/** r V: the answer with grounded bit lines. */
function started({ crossbar, rowProfile }: LineLadders, drive: Float64Array): Float64Array {
  const u = rowProfile.slice();
  for (let i = 0, k = 0; i < crossbar.rows; i++) {
    for (let j = 0; j < crossbar.columns; j++, k++) u[k]! *= drive[i]!;
  }
  return u;
}

/** max |a − b|, or max |a − b| / w. */
function distance(a: Float64Array, b: Float64Array, weights?: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < a.length; k++) {
    const change = Math.abs(a[k]! - b[k]!) / (weights ? weights[k]! : 1);
    if (change > largest || Number.isNaN(change)) largest = change;
  }
  return largest;
}

/** max_j Σ_i r_ij c_ij G_ij |V_i|: the currents that |V| drives, less the sneak paths. */
function leastScale(ladders: LineLadders, drive: Float64Array): number {
  return greatest(columnCurrents(ladders, started(ladders, drive.map(Math.abs))));
}

function allowance(ladders: LineLadders, largest: number): number {
  const { rows, columns } = ladders.crossbar;
  const uniform = columnCurrents(ladders, new Float64Array(rows * columns).fill(largest));
  return roundingOf(rows, columns) * greatest(uniform);
}
