import { type Crossbar, crossbarOf, drivenFromColumns } from './crossbar.js';
import { type CrossbarProblem, networkOf, type Terminations } from './network.js';

/** Which lines are driven: the word lines (false), or the bit lines, perhaps with other terminations. */
export type Backward = boolean | Partial<Terminations>;

/** A problem in the forward convention, and the way back from its answers. */
export interface Oriented {
  readonly crossbar: Crossbar;
  /** [K] vectors of volts on the driven lines. */
  readonly drives: readonly Float64Array[];
  /** A result per sensed line, in the problem's order. */
  sensed(values: Float64Array): Float64Array;
  /** A result per cell, [M·N] row by row in the problem's order. */
  cells(values: Float64Array): Float64Array;
}

/** Forward: as it is. Backward: the turned circuit of `drivenFromColumns`, whose lines count from the other ends. */
export function oriented(problem: CrossbarProblem, backward: Backward): Oriented {
  const terminations = typeof backward === 'boolean' ? {} : backward;
  const crossbar = crossbarOf(problem.conductances, networkOf(problem, terminations));
  const drives = problem.voltages.map((vector) => Float64Array.from(vector));
  if (backward === false) {
    return { crossbar, drives, sensed: (values) => values, cells: (values) => values };
  }
  const turned = drivenFromColumns(crossbar);
  return {
    crossbar: turned,
    drives: drives.map((vector) => vector.reverse()),
    sensed: (values) => values.slice().reverse(),
    cells: (values) => drivenFromColumns({ ...turned, conductances: values }).conductances,
  };
}
