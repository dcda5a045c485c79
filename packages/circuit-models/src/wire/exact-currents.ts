import { type CellCurve, curveOf, spanOf } from './cell-curve.js';
import { greatest } from './greatest.js';
import type { ExactOptions } from './exact-options.js';
import type { LineLadders } from './line-ladders.js';
import { solveNonlinear } from './newton.js';
import { exactSolver } from './solve-exact.js';

/** Currents of the network itself, linear or not, with what it took. */
export interface ExactAnswer {
  readonly currents: Float64Array[];
  readonly errorBound: number;
  /** The largest number of sweeps that a vector took. */
  readonly sweeps: number;
}

/** Solves the network for each drive: by `exactSolver`, or by Newton's method where the cells have a curve. */
export function exactCurrents(
  { crossbar }: LineLadders,
  drives: readonly Float64Array[],
  iv: CellCurve | undefined,
  options: ExactOptions,
): ExactAnswer {
  const vectors = iv
    ? drives.map((drive) => solveNonlinear(crossbar, drive, curveOf(iv), spanOf([drive]), options))
    : exactSolver(crossbar, options).solveAll(drives);
  return {
    currents: vectors.map(({ currents }) => currents),
    errorBound: greatest(vectors.map(({ errorBound }) => errorBound)),
    sweeps: greatest(vectors.map(({ sweeps }) => sweeps)),
  };
}
