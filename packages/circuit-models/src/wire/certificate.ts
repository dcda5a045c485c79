import { type Contraction, roundingOf } from './contraction.js';
import type { ExactOptions } from './exact-options.js';
import { WireConvergenceError } from './errors.js';
import { greatest, greatestMagnitude } from './greatest.js';
import type { LineLadders } from './line-ladders.js';
import { idealCurrents } from './solve-ideal.js';
import { columnCurrents } from './sweep.js';

/** Changes of a node, relative to the largest voltage, that can be the rounding of a converged solution. */
const roundingFloor = 2 ** -30;
/** The least that is accepted of a solution that rounding has stopped, relative like the tolerance. */
const leastTolerance = 1e-6;

/**
 * When the sweeps of one vector may stop: |I_j − I*_j| ≤ reach_j · |z − u|_w · ρ / (1 − ρ) for a plain sweep z from u.
 */
export class Certificate {
  /** Amperes: proved by the last change that was shown. */
  bound = Infinity;
  readonly #tolerance: number;
  readonly #amplification: number;
  readonly #largest: number;
  readonly #scale: number;
  readonly #rounding: number;
  #best = { bound: Infinity, sweeps: 0 };

  constructor(
    scales: Scales,
    private readonly contraction: Contraction,
    drive: Float64Array,
    { tolerance = 1e-11 }: ExactOptions,
    private readonly patience: number,
  ) {
    const { gap, reach } = contraction;
    this.#tolerance = tolerance;
    this.#amplification = ((1 - gap) / gap) * greatest(reach);
    this.#largest = greatestMagnitude(drive);
    this.#scale = leastCurrent(scales.direct, drive);
    this.#rounding = scales.rounding * this.#largest;
  }

  /** Whether the change |z − u|_w of the last of `sweeps` sweeps proves the tolerance, or what rounding leaves of it. */
  holds(change: number, sweeps: number): boolean {
    this.bound = this.#amplification * change;
    if (this.bound < this.#best.bound / 2) this.#best = { bound: this.bound, sweeps };
    const plain = change * this.contraction.heaviest;
    const settled = sweeps - this.#best.sweeps > this.patience && plain <= roundingFloor * this.#largest;
    const goal = settled ? Math.max(this.#tolerance, leastTolerance) : this.#tolerance;
    return this.bound <= goal * this.#scale;
  }

  /** The bound with an allowance for rounding; amperes. */
  get errorBound(): number {
    return this.bound + this.#rounding;
  }

  failure(change: number, sweeps: number): WireConvergenceError {
    return new WireConvergenceError({
      residual: (change * this.contraction.heaviest) / this.#largest,
      certified: this.bound / this.#scale,
      tolerance: this.#tolerance,
      sweeps,
      contraction: 1 - this.contraction.gap,
    });
  }
}

/** What certificates of one array have in common. */
export interface Scales {
  /** [M·N] B = r G c in siemens. */
  readonly direct: Float64Array;
  /** Allowance for rounding per volt, amperes. */
  readonly rounding: number;
}

/** B, and the currents that a uniform error of the nodes makes times the rounding of a sweep. */
export function scalesOf(ladders: LineLadders): Scales {
  const { rowProfile, columnProfile } = ladders;
  const { rows, columns, conductances } = ladders.crossbar;
  const uniform = columnCurrents(ladders, new Float64Array(rows * columns).fill(1));
  const direct = new Float64Array(rows * columns);
  for (let k = 0; k < direct.length; k++) direct[k] = conductances[k]! * rowProfile[k]! * columnProfile[k]!;
  return { direct, rounding: roundingOf(rows, columns) * greatest(uniform) };
}

/** max_j Σ_i B_ij |V_i|: the currents that |V| drives, less the sneak paths. */
function leastCurrent(direct: Float64Array, drive: Float64Array): number {
  return greatest(idealCurrents(direct, drive.map(Math.abs)));
}
