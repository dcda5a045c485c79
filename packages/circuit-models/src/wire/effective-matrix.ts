import { type AutoOptions, choose, type Measured, pick, spreadDrives } from './auto.js';
import { closedForm, closedFormEntryError, errorKindOf, unitDrives } from './closed-forms.js';
import { asRows, type Crossbar, crossbarOf, drivenFromColumns } from './crossbar.js';
import { greatest } from './greatest.js';
import { type LineLadders, lineLadders } from './line-ladders.js';
import type { ErrorKind, SolvedMethod, SolveMethod } from './methods.js';
import type { Matrix, WireNetwork } from './network.js';
import { type ExactOptions, type ExactSolver, exactSolver } from './solve-exact.js';
import { checkConductances, checkNetwork } from './validate.js';
import { waysFor } from './ways.js';

/** The conductances an array shows at its terminals: I = V · Geff, and backward Iᵀ = Geff · Vᵀ. */
export interface EffectiveMatrix {
  /** [M][N] in siemens. */
  readonly conductances: number[][];
  /** The method that was used. */
  readonly method: SolvedMethod;
  /** No entry of the network's matrix is further away than this (`proved`), or is expected to be; siemens. */
  readonly errorBound: number;
  readonly errorKind: ErrorKind;
  /** ρ_b = (1 − min r)(1 − min c) in [0, 1): how strongly word and bit lines act on each other through the wires. */
  readonly severity: number;
  /** What `auto` found. */
  readonly measured?: Measured;
}

/**
 * The effective matrix of an array. `exact` solves min(M, N) unit vectors, the closed forms are evaluated, and `auto`
 * compares them with exact solutions of a few vectors spread over [0, 1] and takes its bound from a few exact rows. By
 * reciprocity one matrix serves both directions as long as the terminations are the same; for others, pass the network
 * with those.
 *
 * @param conductances [M][N] in siemens, ≥ 0
 * @throws CrossbarProblemError for a bad matrix or network
 * @throws WireConvergenceError when `exact` cannot prove its tolerance (relative to each vector's largest entry)
 */
export function effectiveMatrix(
  conductances: Matrix,
  network: WireNetwork,
  method: SolveMethod = 'exact',
  options: ExactOptions & AutoOptions = {},
): EffectiveMatrix {
  checkConductances(conductances);
  checkNetwork(network);
  const ladders = lineLadders(crossbarOf(conductances, network));
  const { flat, ...rest } = evaluate(ladders, method, options);
  return { conductances: asRows(flat, ladders.crossbar.columns), ...rest, severity: ladders.severity };
}

interface Evaluated {
  readonly flat: Float64Array;
  readonly method: SolvedMethod;
  readonly errorBound: number;
  readonly errorKind: ErrorKind;
  readonly measured?: Measured;
}

function evaluate(ladders: LineLadders, method: SolveMethod, options: ExactOptions & AutoOptions): Evaluated {
  if (method === 'auto') return chosen(ladders, options);
  if (method === 'exact') return unitVectors(ladders.crossbar, options);
  const flat = closedForm(method, ladders);
  const errorBound = closedFormEntryError(method, ladders, flat);
  return { flat, method, errorBound, errorKind: errorKindOf(method) };
}

function chosen(
  ladders: LineLadders,
  { tolerance = 0.01, probe = 4, maxSweeps }: ExactOptions & AutoOptions,
): Evaluated {
  const { crossbar } = ladders;
  const precise = { tolerance: Math.min(1e-6, tolerance / 1000), ...(maxSweeps && { maxSweeps }) };
  const solver = exactSolver(crossbar, precise);
  const ways = waysFor(ladders, undefined, 1);
  const candidates = ways.map(({ method, currents }) => ({ name: method, currents }));
  const probed = {
    candidates,
    exact: (drives: readonly Float64Array[]) => solver.solveAll(drives).map(({ currents }) => currents),
    observe: (currents: readonly Float64Array[]) => [...currents],
    differential: false,
  };
  const choice = choose(probed, spreadDrives(crossbar.rows, probe), crossbar.conductances, tolerance);
  const { measured } = choice;
  if (choice.candidate === undefined) return { ...unitVectors(crossbar, precise), measured };
  const way = ways[choice.candidate]!;
  const flat = way.effective!();
  const errorBound = entrySafety * worstOfRows(solver, flat, probe);
  return { flat, method: way.method, errorBound, errorKind: 'measured', measured };
}

/** How much worse than the entries of a few rows others are allowed for: 3.2 was seen, in 1235 cases. */
const entrySafety = 4;

/** The largest deviation of an entry in some rows, which are solved exactly. */
function worstOfRows({ ladders, solveAll }: ExactSolver, flat: Float64Array, count: number): number {
  const { rows, columns } = ladders.crossbar;
  const drives = pick(unitDrives(rows), Math.min(count, rows));
  return greatest(
    solveAll(drives).map(({ currents }, k) => {
      const first = drives[k]!.indexOf(1) * columns;
      return greatest(currents.map((current, j) => Math.abs(current - flat[first + j]!)));
    }),
  );
}

/** Solves for one volt on each line of the shorter side in turn. */
function unitVectors(crossbar: Crossbar, options: ExactOptions): Evaluated {
  if (crossbar.rows > crossbar.columns) {
    const turned = drivenFromColumns(crossbar);
    const { flat, ...rest } = unitVectors(turned, options);
    return { flat: drivenFromColumns({ ...turned, conductances: flat }).conductances, ...rest };
  }
  const solver = exactSolver(crossbar, options);
  const flat = new Float64Array(crossbar.conductances.length);
  let errorBound = 0;
  solver.solveAll(unitDrives(crossbar.rows)).forEach((answer, i) => {
    flat.set(answer.currents, i * crossbar.columns);
    errorBound = Math.max(errorBound, answer.errorBound);
  });
  return { flat, method: 'exact', errorBound, errorKind: 'proved' };
}
