import type { Crossbar } from './crossbar.js';
import { type LineLadders, lineLadders } from './line-ladders.js';

/** The closed form of an array's effective conductances and what it is made of. */
export interface LadderSolution {
  /** [M·N] Geff = B + κ p qᵀ in siemens. */
  readonly effective: Float64Array;
  /** [M·N] B = r G c in siemens: what reaches the sensed end without leaving its two lines; B ≤ the exact Geff. */
  readonly direct: Float64Array;
  /** [M] p_i = Σ_j r G (1 − c): the current that entered word line i and did not come out. */
  readonly lostByRow: Float64Array;
  /** [N] q_j = Σ_i c G (1 − r): by reciprocity the same for bit line j. */
  readonly lostByColumn: Float64Array;
  /** κ in ohms, the amplitude of the sneak paths. */
  readonly sneak: number;
  /** ρ_b = (1 − min r)(1 − min c); 0 when one side is ideal, where this solution is exact. */
  readonly severity: number;
}

/**
 * Effective conductances in closed form, ladder + rank one: Geff = B + κ p qᵀ.
 *
 * r and c are the exact profiles of single lines. The sneak paths are searched as u = U (1 − r), v = W (1 − c), the
 * exact answers to a uniform potential of the other side; the U and W that minimise the network's energy give
 * κ = w / (a d − w²), a = Σ G (1−r), d = Σ G (1−c), w = Σ G (1−r)(1−c). Every sum here has only positive terms, unlike
 * the differences of `effectiveConductance` in @txsim/ops, which computes the same numbers in float32. O(M N).
 */
export function solveLadder(crossbar: Crossbar): LadderSolution {
  return ladderOf(lineLadders(crossbar));
}

/** `solveLadder` for an array whose ladders are known. */
export function ladderOf(ladders: LineLadders): LadderSolution {
  const { rowProfile, columnProfile, severity } = ladders;
  const { rows, columns, conductances } = ladders.crossbar;
  const direct = new Float64Array(conductances.length);
  const lostByRow = new Float64Array(rows);
  const lostByColumn = new Float64Array(columns);
  let [a, d, w] = [0, 0, 0];
  for (let k = 0; k < direct.length; k++) {
    const [g, r, c] = [conductances[k]!, rowProfile[k]!, columnProfile[k]!];
    const j = k % columns;
    direct[k] = r * g * c;
    lostByRow[(k - j) / columns]! += r * g * (1 - c);
    lostByColumn[j]! += c * g * (1 - r);
    a += g * (1 - r);
    d += g * (1 - c);
    w += g * (1 - r) * (1 - c);
  }
  // a d > w² by Cauchy and Schwarz; what is below rounding has no sneak paths worth the name.
  const determinant = a * d - w * w;
  const sneak = w > 0 && determinant > 1e-14 * a * d ? w / determinant : 0;
  const effective = direct.map((b, k) => {
    const j = k % columns;
    return b + sneak * lostByRow[(k - j) / columns]! * lostByColumn[j]!;
  });
  return { effective, direct, lostByRow, lostByColumn, sneak, severity };
}

/**
 * An estimate of the ladder form's error, not a bound: of a current, relative to the largest current that |V| drives;
 * of an entry, relative to the largest entry.
 *
 * The larger of 0.3 ρ_b and 2 ρ_b^1.5: an envelope of the worst single current and entry of 1900 random arrays of 16² to
 * 64² (`docs/reference/wire-solver.md`).
 */
export function ladderErrorEnvelope(severity: number): number {
  return Math.max(0.3 * severity, 2 * severity ** 1.5);
}
