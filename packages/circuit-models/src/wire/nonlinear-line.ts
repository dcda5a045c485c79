import type { LineLadders } from './line-ladders.js';
import type { Curve } from './cell-curve.js';

/** Steps after which a line is given up to its last bracket; a few are usual. */
const most = 200;

/**
 * [M·N] word-line nodes with grounded bit lines and cells I = G f(u): each line is marched from its open end to its
 * source for a voltage at the open end, which Newton's method corrects from the linear line's until the source fits,
 * within a bracket that shrinks at least by bisection.
 */
export function nonlinearLines(ladders: LineLadders, drive: Float64Array, curve: Curve): Float64Array {
  const { rows, columns } = ladders.crossbar;
  const nodes = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    if (drive[i] !== 0) solveLine(ladders, i, drive[i]!, curve, nodes);
  }
  return nodes;
}

function solveLine(ladders: LineLadders, i: number, volts: number, curve: Curve, nodes: Float64Array) {
  const { columns } = ladders.crossbar;
  let far = volts * ladders.rowProfile[(i + 1) * columns - 1]!;
  // The open end is between ground and the source; both in units of the source's voltage.
  let [below, above, width] = [0, volts, Infinity];
  for (let step = 0; step < most; step++) {
    const { source, gain } = march(ladders, i, far, curve, nodes);
    const beyond = !(source / volts <= 1);
    if (beyond) above = far;
    else below = far;
    const aim = far + (volts - source) / gain;
    const inside = (aim - below) * (aim - above) < 0;
    const narrow = Math.abs(above - below) <= width / 2;
    const next = inside && (narrow || step < 6) ? aim : (below + above) / 2;
    width = Math.abs(above - below);
    if (Math.abs(next - far) <= 4 * Number.EPSILON * Math.abs(far)) break;
    far = next;
  }
  march(ladders, i, far, curve, nodes);
}

/** Writes the nodes of line i for a voltage at its open end; the source voltage that this takes and its derivative. */
function march(ladders: LineLadders, i: number, far: number, curve: Curve, nodes: Float64Array) {
  const { columns, conductances, network } = ladders.crossbar;
  let node = far;
  let gain = 1;
  let current = 0;
  let slope = 0;
  for (let k = (i + 1) * columns - 1, first = i * columns; k >= first; k--) {
    nodes[k] = node;
    current += conductances[k]! * curve.value(node);
    slope += conductances[k]! * curve.slope(node) * gain;
    const ohms = k > first ? network.row : ladders.rowEnd;
    node += ohms * current;
    gain += ohms * slope;
  }
  return { source: node, gain };
}
