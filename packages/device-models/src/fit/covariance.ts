import type { LeastSquares } from './least-squares.js';
import { times } from './linear-system.js';

/** With fewer groups than this their own sums say too little. */
const FEWEST_GROUPS = 5;

/**
 * Standard errors of least-squares parameters that hold for noise of unequal size (the sandwich of White, Econometrica
 * 48:817 (1980)): (JᵀJ)⁻¹ (Σ s sᵀ) (JᵀJ)⁻¹ with s = Σ r J over a group. Groups are the devices, whose pulses share
 * their deviation from the mean device, where there are five or more; else each pulse is one.
 *
 * @returns NaN for all where the data do not determine the parameters
 */
export function standardErrors(
  { jacobian, residuals, inverse }: LeastSquares,
  group: Uint32Array,
  groups: number,
): Float64Array {
  const n = jacobian.length;
  if (!inverse) return new Float64Array(n).fill(NaN);
  const grouped = groups >= FEWEST_GROUPS;
  const count = grouped ? groups : residuals.length;
  const scores = Array.from({ length: count }, () => new Float64Array(n));
  residuals.forEach((r, k) => {
    const score = scores[grouped ? group[k]! : k]!;
    for (let i = 0; i < n; i++) score[i]! += r * jacobian[i]![k]!;
  });
  const errors = new Float64Array(n);
  for (const score of scores) times(inverse, score).forEach((e, i) => (errors[i]! += e * e));
  const correction = grouped ? count / (count - 1) : count / Math.max(count - n, 1);
  return errors.map((e) => Math.sqrt(e * correction));
}
