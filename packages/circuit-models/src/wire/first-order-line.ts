/**
 * A line to first order in its own load: the fraction of the drive that each cell sees, counted from the held end,
 *
 *     (1 + segment Σ_(k>cell) (k − cell) g_k) / (1 + Σ_k (segment (k + 1) + terminal) g_k)
 *
 * @param g conductances of its cells, siemens
 * @param segment ohms between neighbouring cells, and in front of the first one
 * @param terminal ohms before that
 */
export function firstOrderLine(g: Float64Array, segment: number, terminal: number): Float64Array {
  let whole = 1;
  g.forEach((cell, k) => (whole += (segment * (k + 1) + terminal) * cell));
  const factors = new Float64Array(g.length);
  // Σ_(k>cell) g_k and Σ_(k>cell) (k − cell) g_k.
  let [load, moment] = [0, 0];
  for (let cell = g.length - 1; cell >= 0; cell--) {
    factors[cell] = (1 + segment * moment) / whole;
    load += g[cell]!;
    moment += load;
  }
  return factors;
}
