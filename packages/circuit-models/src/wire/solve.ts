import { asRows } from './crossbar.js';
import type { ErrorKind, SolveMethod } from './effective-matrix.js';
import { greatest } from './greatest.js';
import { type LineLadders, lineLadders } from './line-ladders.js';
import type { CrossbarProblem } from './network.js';
import { type Backward, oriented } from './oriented.js';
import { type ExactOptions, exactSolver } from './solve-exact.js';
import { idealCurrents, idealErrorBound } from './solve-ideal.js';
import { ladderErrorEnvelope, ladderOf } from './solve-ladder.js';
import { checkCrossbarProblem } from './validate.js';

export interface SolveOptions extends ExactOptions {
  /** Default `exact`. */
  readonly method?: SolveMethod;
  /**
   * Drive the bit lines and sense the word lines. The resistances stay at their physical ends (`source` at the word
   * lines, `sink` at the bit lines) unless other ones are given here. Default false.
   */
  readonly backward?: Backward;
}

/** The currents out of an array. */
export interface ArraySolution {
  /** [K][N] amperes out of the bit lines; backward [K][M], out of the word lines. */
  readonly currents: number[][];
  readonly method: SolveMethod;
  /** Amperes, over all currents of all vectors. */
  readonly errorBound: number;
  /** `exact` and `ideal` prove their bound; that of `ladder` is an envelope of measurements. */
  readonly errorKind: ErrorKind;
  /** [M][N] siemens, where the method has made it (`ladder`, `ideal`); see `effectiveMatrix`. */
  readonly effective?: number[][];
  /** ρ_b = (1 − min r)(1 − min c) in [0, 1); below 0.1 the ladder form is good to 1 % of the currents. */
  readonly severity: number;
  /** The largest number of sweeps that a vector took (`exact`). */
  readonly sweeps?: number;
}

/**
 * Solves the circuit of an array with wires (drawn in `network.ts`) for each vector of voltages.
 *
 * @throws CrossbarProblemError naming the path of a bad value
 * @throws WireConvergenceError when `exact` cannot prove its tolerance
 */
export function solveArray(problem: CrossbarProblem, options: SolveOptions = {}): ArraySolution {
  const { method = 'exact', backward = false } = options;
  checkCrossbarProblem(problem, backward);
  const { crossbar, drives, sensed, cells } = oriented(problem, backward);
  const ladders = lineLadders(crossbar);
  const answer = answers[method](ladders, drives, options);
  const columns = problem.conductances[0]!.length;
  return {
    currents: answer.currents.map((values) => Array.from(sensed(values))),
    method,
    errorBound: answer.errorBound,
    errorKind: method === 'ladder' ? 'estimate' : 'proved',
    ...(answer.effective && { effective: asRows(cells(answer.effective), columns) }),
    severity: ladders.severity,
    ...(answer.sweeps && { sweeps: answer.sweeps }),
  };
}

interface Answer {
  readonly currents: readonly Float64Array[];
  readonly errorBound: number;
  readonly effective?: Float64Array;
  readonly sweeps?: number;
}

type Solve = (ladders: LineLadders, drives: readonly Float64Array[], options: ExactOptions) => Answer;

const answers: Record<SolveMethod, Solve> = {
  exact: (ladders, drives, options) => {
    const solver = exactSolver(ladders.crossbar, options);
    const vectors = solver.solveAll(drives);
    return {
      currents: vectors.map(({ currents }) => currents),
      errorBound: greatest(vectors.map(({ errorBound }) => errorBound)),
      sweeps: greatest(vectors.map(({ sweeps }) => sweeps)),
    };
  },
  ladder: (ladders, drives) => {
    const { effective, severity } = ladderOf(ladders);
    const uncancelled = drives.map((drive) => greatest(idealCurrents(effective, drive.map(Math.abs))));
    return {
      currents: drives.map((drive) => idealCurrents(effective, drive)),
      errorBound: ladderErrorEnvelope(severity) * greatest(uncancelled),
      effective,
    };
  },
  ideal: (ladders, drives) => ({
    currents: drives.map((drive) => idealCurrents(ladders.crossbar.conductances, drive)),
    errorBound: greatest(drives.map((drive) => idealErrorBound(ladders, drive))),
    effective: ladders.crossbar.conductances,
  }),
};
