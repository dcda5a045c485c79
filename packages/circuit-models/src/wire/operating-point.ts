import { asRows } from './crossbar.js';
import type { CrossbarProblem } from './network.js';
import { oriented } from './oriented.js';
import { exactSolver } from './solve-exact.js';
import type { SolveOptions } from './solve.js';
import { sweep } from './sweep.js';
import { checkCrossbarProblem } from './validate.js';

/** Every node and every device of an array under one vector of voltages; each [M][N]. */
export interface OperatingPoint {
  /** Volts at the nodes of the driven lines. */
  readonly driven: number[][];
  /** Volts at the nodes of the sensed lines. */
  readonly sensed: number[][];
  /** Amperes through the devices, from the driven line to the sensed one. */
  readonly devices: number[][];
}

/**
 * The exact inside of an array, one operating point for each vector: G (u − v) for word-line nodes u and bit-line
 * nodes v.
 *
 * @throws CrossbarProblemError naming the path of a bad value
 * @throws WireConvergenceError when the tolerance cannot be proved
 */
export function operatingPoints(
  problem: CrossbarProblem,
  options: Omit<SolveOptions, 'method'> = {},
): OperatingPoint[] {
  const { backward = false } = options;
  checkCrossbarProblem(problem, backward);
  const { crossbar, drives, cells } = oriented(problem, backward);
  const columns = problem.conductances[0]!.length;
  const solver = exactSolver(crossbar, options);
  const inOrder = (values: Float64Array) => asRows(cells(values), columns);
  return drives.map((drive) => {
    const { nodes } = solver.solve(drive);
    const bit = new Float64Array(nodes.length);
    sweep(solver.ladders, drive, nodes, new Float64Array(nodes.length), bit);
    const devices = crossbar.conductances.map((g, k) => g * (nodes[k]! - bit[k]!));
    return { driven: inOrder(nodes), sensed: inOrder(bit), devices: inOrder(devices) };
  });
}
