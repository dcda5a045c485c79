import type { Curve } from './cell-curve.js';
import type { Crossbar } from './crossbar.js';
import { lineLadders, type LineLadders } from './line-ladders.js';
import { nonlinearLines } from './nonlinear-line.js';
import { addSneak, answered } from './solve-ladder2.js';
import { sneakModes } from './sneak-modes.js';

/**
 * The split method for cells I = G f(V): [N] amperes for one vector of voltages, without iterating over the network.
 *
 * The word lines are solved with the curve and grounded bit lines; then the network is linear in the deviations, with
 * the slopes G f'(u) there as conductances, and is solved by the closed form of `solveLadder2`: the cell currents of
 * the first step feed the bit lines, and the sneak paths answer in eight modes. Exact for linear cells with one ideal
 * side; O(M N) per vector.
 */
export function splitCurrents(ladders: LineLadders, drive: Float64Array, curve: Curve): Float64Array {
  const { crossbar } = ladders;
  const { rows, columns, conductances } = crossbar;
  const nodes = nonlinearLines(ladders, drive, curve);
  const slopes = conductances.map((g, k) => g * curve.slope(nodes[k]!));
  const tangent: Crossbar = { ...crossbar, conductances: slopes };
  const { columnProfile, ...rest } = lineLadders(tangent);
  const sneak = sneakModes({ columnProfile, ...rest });
  const currents = new Float64Array(columns);
  const fed = [0, 0, 0, 0];
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, k++) {
      const entered = conductances[k]! * curve.value(nodes[k]!);
      const c = columnProfile[k]!;
      const lost = entered * (1 - c);
      currents[j]! += entered * c;
      fed[0]! += lost;
      fed[1]! += lost * sneak.y[j]!;
      fed[2]! += lost * sneak.x[i]!;
      fed[3]! += lost * sneak.x[i]! * sneak.y[j]!;
    }
  }
  addSneak(sneak, answered(sneak, fed), currents);
  return currents;
}
