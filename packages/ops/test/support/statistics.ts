/** Statistical promises hold at |z| below this; a false alarm is one in 150,000, and seeds are fixed. */
export const LIMIT = 4.5;

/** √(−2 ln 2⁻²⁴): Box and Muller's largest number, and a little for float32. */
export const LARGEST_NORMAL = Math.sqrt(48 * Math.LN2) * (1 + 2 ** -23);

/** How many standard errors the mean of `count` terms is away from `mean`, if each has this variance. */
export function zOfMean(count: number, term: (i: number) => number, mean: number, variance: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += term(i);
  return (sum / count - mean) / Math.sqrt(variance / count);
}
