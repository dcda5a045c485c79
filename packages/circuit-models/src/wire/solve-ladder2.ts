import type { Crossbar } from './crossbar.js';
import { type LineLadders, lineLadders } from './line-ladders.js';
import { modes, type SneakModes, sneakModes } from './sneak-modes.js';

/** `solveLadder` with four degrees of freedom for each side of the sneak paths. */
export interface Ladder2Solution {
  /** [M·N] Geff = B + a correction of rank four, siemens. */
  readonly effective: Float64Array;
  /** [M·N] B = r G c in siemens. */
  readonly direct: Float64Array;
  /** ρ_b = (1 − min r)(1 − min c); 0 when one side is ideal, where this solution is exact. */
  readonly severity: number;
}

/**
 * Effective conductances in closed form, ladder + rank four: the sneak paths' potentials may fall linearly across the
 * array in both directions, u = (1 − r)(U₀ + U₁ y + U₂ x + U₃ x y) and v alike. About forty operations per cell.
 */
export function solveLadder2(crossbar: Crossbar): Ladder2Solution {
  return ladder2Of(lineLadders(crossbar));
}

/** `solveLadder2` for an array whose ladders are known. */
export function ladder2Of(ladders: LineLadders): Ladder2Solution {
  const { rowProfile, columnProfile, severity } = ladders;
  const { rows, columns, conductances } = ladders.crossbar;
  const sneak = sneakModes(ladders);
  const direct = new Float64Array(conductances.length);
  const effective = new Float64Array(conductances.length);
  for (let i = 0; i < rows; i++) {
    let fed = 0;
    let fedAlong = 0;
    const first = i * columns;
    for (let j = 0, k = first; j < columns; j++, k++) {
      const entered = conductances[k]! * rowProfile[k]!;
      const lost = entered * (1 - columnProfile[k]!);
      direct[k] = entered * columnProfile[k]!;
      fed += lost;
      fedAlong += lost * sneak.y[j]!;
    }
    const x = sneak.x[i]!;
    const potentials = answered(sneak, [fed, fedAlong, x * fed, x * fedAlong]);
    const line = effective.subarray(first, first + columns);
    line.set(direct.subarray(first, first + columns));
    addSneak(sneak, potentials, line);
  }
  return { effective, direct, severity };
}

/** [4] amplitudes of the word-line modes, in volts, for the currents fed into the four bit-line modes. */
export function answered({ answer }: SneakModes, fed: readonly number[]): number[] {
  return modes.map((_, m) => answer[m]!.reduce((sum, ohms, n) => sum + ohms * fed[n]!, 0));
}

/** Adds to [N] columns the currents of the word-line modes. */
export function addSneak({ y, gain }: SneakModes, potentials: readonly number[], columns: Float64Array) {
  const [u0, u1, u2, u3] = potentials as [number, number, number, number];
  const [constant, linear] = gain;
  for (let j = 0; j < columns.length; j++) {
    columns[j]! += constant[j]! * (u0 + u1 * y[j]!) + linear[j]! * (u2 + u3 * y[j]!);
  }
}

/**
 * An estimate of the error of this form, not a bound, in the terms of `ladderErrorEnvelope`: 0.25 ρ_b. In 1900 random
 * arrays (`docs/reference/wire-solver.md`) at most 0.11 ρ_b was seen for a current, 0.16 for an entry and 0.1 for the
 * norm of a whole vector.
 */
export function ladder2ErrorEnvelope(severity: number): number {
  return 0.25 * severity;
}
