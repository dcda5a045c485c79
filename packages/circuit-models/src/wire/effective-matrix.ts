import { type Crossbar, asRows, crossbarOf, drivenFromColumns } from './crossbar.js';
import { greatest } from './greatest.js';
import { lineLadders } from './line-ladders.js';
import type { Matrix, WireNetwork } from './network.js';
import { type ExactOptions, exactSolver } from './solve-exact.js';
import { idealErrorBound } from './solve-ideal.js';
import { ladderErrorEnvelope, ladderOf } from './solve-ladder.js';
import { checkConductances, checkNetwork } from './validate.js';

/** How an array with wires is solved; `docs/reference/wire-solver.md` compares them. */
export type SolveMethod = 'exact' | 'ladder' | 'ideal';

/** What an `errorBound` is worth: a theorem, or an envelope of measurements. */
export type ErrorKind = 'proved' | 'estimate';

/** The conductances an array shows at its terminals: I = V · Geff, and backward Iᵀ = Geff · Vᵀ. */
export interface EffectiveMatrix {
  /** [M][N] in siemens. */
  readonly conductances: number[][];
  readonly method: SolveMethod;
  /** No entry of the network's matrix is further away than this (`proved`), or is expected to be; siemens. */
  readonly errorBound: number;
  readonly errorKind: ErrorKind;
  /** ρ_b = (1 − min r)(1 − min c) in [0, 1): how strongly word and bit lines act on each other through the wires. */
  readonly severity: number;
}

/**
 * The effective matrix of an array. `exact` solves min(M, N) unit vectors, `ladder` evaluates the closed form of
 * `solveLadder`, `ideal` is G itself. By reciprocity one matrix serves both directions as long as the terminations are
 * the same; for others, pass the network with those.
 *
 * @param conductances [M][N] in siemens, ≥ 0
 * @throws CrossbarProblemError for a bad matrix or network
 * @throws WireConvergenceError when `exact` cannot prove its tolerance (relative to each vector's largest entry)
 */
export function effectiveMatrix(
  conductances: Matrix,
  network: WireNetwork,
  method: SolveMethod = 'exact',
  options: ExactOptions = {},
): EffectiveMatrix {
  checkConductances(conductances);
  checkNetwork(network);
  const crossbar = crossbarOf(conductances, network);
  const ladders = lineLadders(crossbar);
  const { flat, errorBound } = matrixOf[method](crossbar, options);
  return {
    conductances: asRows(flat, crossbar.columns),
    method,
    errorBound,
    errorKind: method === 'ladder' ? 'estimate' : 'proved',
    severity: ladders.severity,
  };
}

interface Evaluated {
  readonly flat: Float64Array;
  readonly errorBound: number;
}

const matrixOf: Record<SolveMethod, (crossbar: Crossbar, options: ExactOptions) => Evaluated> = {
  exact: (crossbar, options) => {
    if (crossbar.rows <= crossbar.columns) return unitVectors(crossbar, options);
    const turned = drivenFromColumns(crossbar);
    const { flat, errorBound } = unitVectors(turned, options);
    return { flat: drivenFromColumns({ ...turned, conductances: flat }).conductances, errorBound };
  },
  ladder: (crossbar) => {
    const { effective, severity } = ladderOf(lineLadders(crossbar));
    return { flat: effective, errorBound: ladderErrorEnvelope(severity) * greatest(effective) };
  },
  ideal: (crossbar) => {
    const ladders = lineLadders(crossbar);
    const bounds = unitDrives(crossbar.rows).map((drive) => idealErrorBound(ladders, drive));
    return { flat: crossbar.conductances, errorBound: greatest(bounds) };
  },
};

function unitVectors(crossbar: Crossbar, options: ExactOptions): Evaluated {
  const solver = exactSolver(crossbar, options);
  const flat = new Float64Array(crossbar.conductances.length);
  let errorBound = 0;
  solver.solveAll(unitDrives(crossbar.rows)).forEach((answer, i) => {
    flat.set(answer.currents, i * crossbar.columns);
    errorBound = Math.max(errorBound, answer.errorBound);
  });
  return { flat, errorBound };
}

function unitDrives(rows: number): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => new Float64Array(rows).fill(1, i, i + 1));
}
