import { curveOf, spanOf } from './cell-curve.js';
import { asRows } from './crossbar.js';
import type { ExactOptions } from './exact-options.js';
import type { CrossbarProblem } from './network.js';
import { solveNonlinear } from './newton.js';
import { type Backward, oriented } from './oriented.js';
import { exactSolver } from './solve-exact.js';
import { sweep } from './sweep.js';
import { checkCrossbarProblem } from './validate.js';

/** Every node, device and wire of an array under one vector of voltages; each [M][N]: the maps of a plot. */
export interface OperatingPoint {
  /** Volts at the nodes of the driven lines. */
  readonly driven: number[][];
  /** Volts at the nodes of the sensed lines. */
  readonly sensed: number[][];
  /** Amperes through the devices, from the driven line to the sensed one. */
  readonly devices: number[][];
  /** Amperes through the segment of the driven line that leads to the node. */
  readonly drivenWires: number[][];
  /** Amperes through the segment of the sensed line that leads on from the node. */
  readonly sensedWires: number[][];
}

/**
 * The exact inside of an array, one operating point for each vector: G f(u − v) for word-line nodes u and bit-line
 * nodes v.
 *
 * @throws CrossbarProblemError naming the path of a bad value
 * @throws WireConvergenceError when the tolerance cannot be proved
 */
export function operatingPoints(
  problem: CrossbarProblem,
  options: ExactOptions & { readonly backward?: Backward } = {},
): OperatingPoint[] {
  const { backward = false } = options;
  checkCrossbarProblem(problem, backward);
  const { crossbar, drives, cells } = oriented(problem, backward);
  const { iv } = problem;
  const curve = iv && curveOf(iv);
  const solver = curve ? undefined : exactSolver(crossbar, options);
  const inOrder = (values: Float64Array) => asRows(cells(values), problem.conductances[0]!.length);
  return drives.map((drive) => {
    const { word, bit } = curve
      ? solveNonlinear(crossbar, drive, curve, spanOf([drive]), options)
      : linearNodes(solver!, drive);
    const devices = crossbar.conductances.map((g, k) => {
      const volts = word[k]! - bit[k]!;
      return g * (curve ? curve.value(volts) : volts);
    });
    const { rows, columns } = crossbar;
    return {
      driven: inOrder(word),
      sensed: inOrder(bit),
      devices: inOrder(devices),
      drivenWires: inOrder(alongRows(devices, rows, columns)),
      sensedWires: inOrder(downColumns(devices, columns)),
    };
  });
}

function linearNodes(solver: ReturnType<typeof exactSolver>, drive: Float64Array) {
  const { nodes: word } = solver.solve(drive);
  const bit = new Float64Array(word.length);
  sweep(solver.ladders, drive, word, new Float64Array(word.length), { bit });
  return { word, bit };
}

/** What passes in front of each cell: its own current and those of all cells behind it. */
function alongRows(devices: Float64Array, rows: number, columns: number): Float64Array {
  const wires = devices.slice();
  for (let i = 0; i < rows; i++) {
    for (let k = (i + 1) * columns - 2; k >= i * columns; k--) wires[k]! += wires[k + 1]!;
  }
  return wires;
}

function downColumns(devices: Float64Array, columns: number): Float64Array {
  const wires = devices.slice();
  for (let k = columns; k < wires.length; k++) wires[k]! += wires[k - columns]!;
  return wires;
}
