import type { Curve } from './cell-curve.js';
import { Chebyshev, extrapolate } from './chebyshev.js';
import { contractionOf, roundingOf } from './contraction.js';
import type { Crossbar } from './crossbar.js';
import { WireConvergenceError } from './errors.js';
import type { ExactOptions } from './exact-options.js';
import { greatest } from './greatest.js';
import { lineLadders } from './line-ladders.js';
import { nonlinearLines } from './nonlinear-line.js';
import { sweep } from './sweep.js';

/** The network's answer to one vector of voltages with cells I = G f(V). */
export interface NonlinearVector {
  /** [N] amperes out of the bit lines. */
  readonly currents: Float64Array;
  /** [M·N] volts at the nodes of the word lines and of the bit lines. */
  readonly word: Float64Array;
  readonly bit: Float64Array;
  /** Proved: no current is further than this from the solution; amperes. */
  readonly errorBound: number;
  /** Linear networks solved, and sweeps in all of them. */
  readonly steps: number;
  readonly sweeps: number;
}

const maxSteps = 100;
/** The least that is accepted of a solution that rounding has stopped, relative like the tolerance. */
const leastTolerance = 1e-6;

/**
 * Newton's method for the network with cells I = G f(V), f rising: at cell voltages x each cell is its tangent,
 * I = G f'(x) V + G (f(x) − f'(x) x), and the linear network with these sources is solved by the sweeps of
 * `exactSolver`. Steps that make the mismatch grow are halved.
 *
 * The bound needs no theory of convergence. A state of the lines (every line exact) whose cells carry i instead of
 * G f(V) is the solution of the network with the differences injected at the cells' nodes. Between two solutions of a
 * network of rising curves the differences obey a linear network of positive conductances, where a terminal gets
 * between none and all of what is injected at a node: |I_j − I*_j| ≤ Σ |i − G f(V)| over all cells, and what word and
 * bit lines disagree about i besides.
 *
 * @throws WireConvergenceError when the tolerance (relative to the largest sum of |i| of a bit line) is not reached
 */
export function solveNonlinear(
  crossbar: Crossbar,
  drive: Float64Array,
  curve: Curve,
  span: number,
  { tolerance = 1e-11, maxSweeps = 10_000 }: ExactOptions = {},
): NonlinearVector {
  const { conductances } = crossbar;
  let at: Float64Array = nonlinearLines(lineLadders(crossbar), drive, curve);
  let from = at;
  let [best, stalled, sweeps, steps, enough] = [Infinity, 0, 0, 0, 1e-6];
  let last: Float64Array | undefined;
  for (;;) {
    const slopes = conductances.map((g, k) => g * curve.slope(at[k]!));
    const sources = conductances.map((g, k) => g * curve.value(at[k]!) - slopes[k]! * at[k]!);
    const linear = solveTangent({ ...crossbar, conductances: slopes }, drive, sources, {
      last,
      enough,
      maxSweeps,
    });
    last = linear.word;
    steps++;
    sweeps += linear.sweeps;
    const { mismatch, currents, scale } = verdict(crossbar, curve, slopes, sources, linear);
    if (mismatch <= tolerance * scale || (stalled > 3 && mismatch <= leastTolerance * scale)) {
      const errorBound = mismatch + roundingOf(crossbar.rows, crossbar.columns) * scale;
      return { currents, word: linear.word, bit: linear.bit, errorBound, steps, sweeps };
    }
    if (steps >= maxSteps) {
      throw new WireConvergenceError({
        residual: mismatch / scale,
        certified: mismatch / scale,
        tolerance,
        sweeps,
        contraction: linear.contraction,
      });
    }
    const improved = mismatch < best / 2;
    stalled = improved ? 0 : stalled + 1;
    const grown = mismatch > best && stalled < 8;
    best = Math.min(best, mismatch);
    enough = (mismatch / scale) ** 2 / 10;
    if (grown) {
      at = at.map((x, k) => (x + from[k]!) / 2);
    } else {
      from = at;
      at = linear.word.map((u, k) => Math.min(span, Math.max(-span, u - linear.bit[k]!)));
    }
  }
}

interface Tangent {
  readonly word: Float64Array;
  readonly bit: Float64Array;
  /** [M·N] what the last sweep still changed: the word lines' nodes before it. */
  readonly before: Float64Array;
  readonly sweeps: number;
  readonly contraction: number;
}

/** Sweeps until a change is `enough` of the largest voltage, or nothing changes any more but roundings. */
function solveTangent(
  crossbar: Crossbar,
  drive: Float64Array,
  sources: Float64Array,
  { last, enough, maxSweeps }: { last: Float64Array | undefined; enough: number; maxSweeps: number },
): Tangent {
  const ladders = lineLadders(crossbar);
  const { gap } = contractionOf(ladders);
  const chebyshev = new Chebyshev(gap);
  let u: Float64Array = last ? last.slice() : new Float64Array(sources.length);
  let previous: Float64Array = u.slice();
  const word = new Float64Array(u.length);
  const bit = new Float64Array(u.length);
  let [best, since] = [Infinity, 0];
  const largest = greatest(drive.map(Math.abs));
  for (let sweeps = 1; ; sweeps++) {
    sweep(ladders, drive, u, word, { bit, sources });
    let change = 0;
    for (let k = 0; k < u.length; k++) change = Math.max(change, Math.abs(word[k]! - u[k]!));
    if (change < best / 2) [best, since] = [change, sweeps];
    const done = change <= enough * largest || (sweeps - since > chebyshev.patience && sweeps > 1);
    if (done || sweeps >= maxSweeps) return { word, bit, before: u, sweeps, contraction: 1 - gap };
    extrapolate(previous, u, word, chebyshev.overshoot, chebyshev.relaxation());
    [u, previous] = [previous, u];
  }
}

/** Σ |i − G f(V)| at both nodes of the cells, the currents of the bit lines, and their largest sum of |i|. */
function verdict(
  { columns, conductances }: Crossbar,
  curve: Curve,
  slopes: Float64Array,
  sources: Float64Array,
  { word, bit, before }: Tangent,
) {
  const currents = new Float64Array(columns);
  const magnitudes = new Float64Array(columns);
  let mismatch = 0;
  for (let k = 0; k < word.length; k++) {
    const truth = conductances[k]! * curve.value(word[k]! - bit[k]!);
    const atWord = slopes[k]! * (word[k]! - bit[k]!) + sources[k]!;
    const atBit = slopes[k]! * (before[k]! - bit[k]!) + sources[k]!;
    mismatch += Math.abs(atWord - truth) + Math.abs(atWord - atBit);
    currents[k % columns]! += atBit;
    magnitudes[k % columns]! += Math.abs(atBit);
  }
  return { mismatch, currents, scale: greatest(magnitudes) };
}
