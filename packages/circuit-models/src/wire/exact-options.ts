/** How far the exact solver goes. */
export interface ExactOptions {
  /**
   * Largest error of a vector's currents, relative to the largest current that |V| drives at least, max_j Σ_i B_ij |V_i|
   * (B: `solve-ladder.ts`; for V ≥ 0 no more than the largest current itself). Default 1e-11. Where float64 cannot
   * resolve that much the solution stops at what it can, 1e-6 at worst, and `errorBound` says what was reached.
   */
  readonly tolerance?: number;
  /** Sweeps after which a vector is given up. Default 10 000. */
  readonly maxSweeps?: number;
}
