import type { LineLadders } from './line-ladders.js';
import { columnCurrents, sweep } from './sweep.js';

/**
 * TxSim's approximate analytical model: the array as if only its short current paths existed, those through one device,
 * from the source along its word line and down its bit line to the sink. What other devices draw from the two lines on
 * the way is counted, what returns from them (the sneak paths) is not. Valid where 1 / gMax is large against the
 * resistance of the wires.
 *
 * Source: Roy, Sridharan, Jain, Raghunathan, arXiv 2002.11151, for the assumption; its sum over the paths is exact here,
 * Geff = B = r G c with the profiles of `line-ladders.ts`, and never more than the network's.
 *
 * @returns [M·N] siemens
 */
export function approximateModel(ladders: LineLadders): Float64Array {
  const { rowProfile, columnProfile, crossbar } = ladders;
  const direct = new Float64Array(rowProfile.length);
  for (let k = 0; k < direct.length; k++)
    direct[k] = crossbar.conductances[k]! * rowProfile[k]! * columnProfile[k]!;
  return direct;
}

/**
 * [N] siemens: no current of bit line j differs from that of B by more than this times the largest |V|. Proved: the
 * difference is Σ_i c G (K u) and no node exceeds the largest voltage.
 */
export function sneakBound(ladders: LineLadders): Float64Array {
  const { rows, columns } = ladders.crossbar;
  const largest = new Float64Array(rows * columns).fill(1);
  const returned = new Float64Array(rows * columns);
  sweep(ladders, new Float64Array(rows), largest, returned);
  return columnCurrents(ladders, returned);
}
