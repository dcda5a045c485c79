/**
 * The q-quantile of `of` values (linear interpolation between order statistics, Hyndman & Fan type 7). Reorders the array.
 *
 * @param values all of them, or the largest: the quantile must lie among these
 */
export function quantile(values: Float32Array, q: number, of = values.length): number {
  values.sort();
  const at = q * (of - 1);
  const low = Math.floor(at);
  const missing = of - values.length;
  const a = values[low - missing]!;
  return a + (at - low) * ((values[low - missing + 1] ?? a) - a);
}
