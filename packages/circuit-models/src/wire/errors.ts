/** An array description that cannot be solved; `path` names the offending value, e.g. `conductances[2][3]`. */
export class CrossbarProblemError extends Error {
  override readonly name = 'CrossbarProblemError';

  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(path === '' ? reason : `${path}: ${reason}`);
  }
}

/** What an exact solution had reached when it was given up. */
export interface UnfinishedSolution {
  /** Largest change of a word-line node in the last plain sweep, relative to the largest voltage of the vector. */
  readonly residual: number;
  /** The bound on the currents' error that this residual proves, relative to the currents. */
  readonly certified: number;
  /** What was asked for, relative to the currents. */
  readonly tolerance: number;
  readonly sweeps: number;
  /** An upper bound of the sweeps' convergence factor; 1 − this is what makes an array hard. */
  readonly contraction: number;
}

/** The exact solver could not certify its tolerance: out of sweeps, or below what float64 can resolve. */
export class WireConvergenceError extends Error {
  override readonly name = 'WireConvergenceError';

  constructor(readonly unfinished: UnfinishedSolution) {
    const { residual, certified, tolerance, sweeps, contraction } = unfinished;
    super(
      `no solution of the wire network to ${tolerance.toExponential(1)} of the currents: after ${sweeps} sweeps the ` +
        `residual is ${residual.toExponential(2)}, which certifies ${certified.toExponential(1)} ` +
        `(1 − contraction = ${(1 - contraction).toExponential(1)})`,
    );
  }
}
