import { greatest, greatestMagnitude } from './greatest.js';
import type { LineLadders } from './line-ladders.js';

/** Ideal wires: I = V · G, [N] amperes. */
export function idealCurrents(conductances: Float64Array, drive: Float64Array): Float64Array {
  const columns = conductances.length / drive.length;
  const currents = new Float64Array(columns);
  drive.forEach((volts, i) => {
    if (volts === 0) return;
    for (let j = 0; j < columns; j++) currents[j]! += volts * conductances[i * columns + j]!;
  });
  return currents;
}

/**
 * How far the currents of ideal wires can be from those of the network: a proved bound, amperes; 0 without wires.
 *
 * With V = max |V_i|, every node of the network lies within ±V, a word-line node within
 * (1 − r_ij)(|V_i| + (1 − min c) V) of its source, and a bit line takes the part 1 − c_ij of a cell's current, so
 * |ΔI_j| ≤ Σ_i G_ij [(1 − r_ij)(|V_i| + (1 − min c) V) + (1 − c_ij) V].
 */
export function idealErrorBound(ladders: LineLadders, drive: Float64Array): number {
  const { rowProfile, columnProfile, columnMinimum } = ladders;
  const { rows, columns, conductances } = ladders.crossbar;
  const largest = greatestMagnitude(drive);
  const bounds = new Float64Array(columns);
  for (let i = 0, k = 0; i < rows; i++) {
    const swing = Math.abs(drive[i]!) + (1 - columnMinimum) * largest;
    for (let j = 0; j < columns; j++, k++) {
      bounds[j]! += conductances[k]! * ((1 - rowProfile[k]!) * swing + (1 - columnProfile[k]!) * largest);
    }
  }
  return greatest(bounds);
}
