/**
 * The q-quantile of values (linear interpolation between order statistics, Hyndman & Fan type 7). Reorders the array.
 */
export function quantile(values: Float32Array, q: number): number {
  values.sort();
  const at = q * (values.length - 1);
  const low = Math.floor(at);
  const a = values[low]!;
  return a + (at - low) * ((values[low + 1] ?? a) - a);
}
