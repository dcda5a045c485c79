import type { AutoOptions, Measured } from './auto.js';
import { bendOf, type CellCurve, type CellTreatment } from './cell-curve.js';
import { closedFormError, errorKindOf } from './closed-forms.js';
import { asRows, type Crossbar } from './crossbar.js';
import { CrossbarProblemError } from './errors.js';
import { exactCurrents } from './exact-currents.js';
import { greatest } from './greatest.js';
import { type LineLadders, lineLadders } from './line-ladders.js';
import type { ErrorKind, SolvedMethod, SolveMethod } from './methods.js';
import type { CrossbarProblem, Matrix } from './network.js';
import { nonlinearError, nonlinearIdeal } from './nonlinear-error.js';
import { type Backward, oriented } from './oriented.js';
import { solveAuto } from './solve-auto.js';
import type { ExactOptions } from './exact-options.js';
import { checkCrossbarProblem, checkPairs } from './validate.js';
import { largestVolts, linearWay, waysFor } from './ways.js';

/** Which method solves a network, and how well. */
export interface SolveOptions extends ExactOptions, AutoOptions {
  /** Default `exact`. */
  readonly method?: SolveMethod;
  /**
   * `exact`: proved error relative to the largest current that |V| drives at least; default 1e-11.
   * `auto`: accepted |ΔI| / |I| on the probe; default 0.01.
   */
  readonly tolerance?: number;
  /**
   * Drive the bit lines and sense the word lines. The resistances stay at their physical ends (`source` at the word
   * lines, `sink` at the bit lines) unless other ones are given here. Default false.
   */
  readonly backward?: Backward;
  /**
   * What `auto` measures its error of: differences of columns side by side (forward), or between this array and
   * another one of the same wires, `minus`: [M][N] siemens. Default: the currents.
   */
  readonly pairs?: 'adjacentColumns' | { readonly minus: Matrix };
}

/** The currents out of an array. */
export interface ArraySolution {
  /** [K][N] amperes out of the bit lines; backward [K][M], out of the word lines. */
  readonly currents: number[][];
  /** The method that was used; where cells have a curve `exact` is Newton's method. */
  readonly method: SolvedMethod;
  /** Amperes, over all currents of all vectors. */
  readonly errorBound: number;
  /** Whether the bound is proved, an envelope of other arrays, or measured on vectors of this one. */
  readonly errorKind: ErrorKind;
  /** [M][N] siemens, where the currents are V times a matrix that the method has made; see `effectiveMatrix`. */
  readonly effective?: number[][];
  /** ρ_b = (1 − min r)(1 − min c) in [0, 1); below 0.1 the ladder form is good to 1 % of the currents. */
  readonly severity: number;
  /** The largest number of sweeps that a vector took (`exact`). */
  readonly sweeps?: number;
  /** What `auto` found. */
  readonly measured?: Measured;
  /** How the cells' curve was treated and how far it bends, βV at the largest voltage; with `iv` only. */
  readonly cells?: { readonly treatment: CellTreatment; readonly bend: number };
}

/**
 * Solves the circuit of an array with wires (drawn in `network.ts`) for each vector of voltages.
 *
 * @throws CrossbarProblemError naming the path of a bad value
 * @throws WireConvergenceError when `exact` cannot prove its tolerance
 */
export function solveArray(problem: CrossbarProblem, options: SolveOptions = {}): ArraySolution {
  const { method = 'exact', backward = false, pairs } = options;
  checkCrossbarProblem(problem, backward);
  checkPairs(pairs, problem, backward);
  const { crossbar, drives, sensed, cells } = oriented(problem, backward);
  const other =
    typeof pairs === 'object' ? oriented({ ...problem, conductances: pairs.minus }, backward) : undefined;
  const ladders = lineLadders(crossbar);
  const { iv } = problem;
  const between = pairs === 'adjacentColumns' ? pairs : other ? other.crossbar : undefined;
  const request = { ladders, drives, iv, pairs: between };
  const answer = answered(method, request, options);
  const columns = problem.conductances[0]!.length;
  return {
    currents: answer.currents.map((values) => Array.from(sensed(values))),
    method: answer.method,
    errorBound: answer.errorBound,
    errorKind: answer.errorKind,
    ...(answer.effective && { effective: asRows(cells(answer.effective), columns) }),
    severity: ladders.severity,
    ...(answer.sweeps && { sweeps: answer.sweeps }),
    ...(answer.measured && { measured: answer.measured }),
    ...(iv && { cells: { treatment: answer.cells, bend: bendOf(iv, largestVolts(drives)) } }),
  };
}

interface Request {
  readonly ladders: LineLadders;
  readonly drives: readonly Float64Array[];
  readonly iv: CellCurve | undefined;
  readonly pairs: Crossbar | 'adjacentColumns' | undefined;
}

interface Answer {
  readonly method: SolvedMethod;
  readonly cells: CellTreatment;
  readonly currents: readonly Float64Array[];
  readonly errorBound: number;
  readonly errorKind: ErrorKind;
  readonly effective?: Float64Array;
  readonly sweeps?: number;
  readonly measured?: Measured;
}

function answered(method: SolveMethod, request: Request, options: SolveOptions): Answer {
  if (method === 'auto') return solveAuto(request, options);
  if (method === 'exact') return exactly(request, options);
  const { ladders, drives, iv } = request;
  if (iv) return withCurve(method, iv, request, options);
  const way = linearWay(method, ladders);
  const effective = way.effective!();
  const errorBound = closedFormError(method, ladders, effective, drives);
  return {
    method,
    cells: 'linear',
    currents: way.currents(drives),
    effective,
    errorBound,
    errorKind: errorKindOf(method),
  };
}

function exactly({ ladders, drives, iv }: Request, options: ExactOptions): Answer {
  const answer = exactCurrents(ladders, drives, iv, options);
  return { method: 'exact', cells: iv ? 'newton' : 'linear', ...answer, errorKind: 'proved' };
}

function withCurve(method: SolvedMethod, iv: CellCurve, request: Request, options: ExactOptions): Answer {
  const { ladders, drives } = request;
  if (method === 'ideal')
    return { ...nonlinearIdeal(ladders, drives, iv), method, cells: 'linear', errorKind: 'proved' };
  if (method !== 'ladder' && method !== 'ladder2') {
    throw new CrossbarProblemError('iv', `is not known to the method '${method}', whose cells are linear`);
  }
  const ways = waysFor(ladders, iv, largestVolts(drives));
  const way = ways.find((some) => some.method === method) ?? ways[0];
  if (!way) return exactly(request, options);
  return {
    method: way.method,
    cells: way.cells,
    currents: way.currents(drives),
    errorBound: greatest(drives.map((drive) => nonlinearError(way, ladders, iv, drive))),
    errorKind: 'estimate',
  };
}
