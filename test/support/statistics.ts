/** Statistical promises of the suite hold at |z| below this; a false alarm is one in 150,000. */
export const Z = 4.5;

/** How many standard errors the mean of a sample is away from what it should be, if its spread is `sigma`. */
export function zOfMean(sample: ArrayLike<number>, mean: number, sigma: number): number {
  return (average(sample) - mean) / (sigma / Math.sqrt(sample.length));
}

/** The same for the variance about a known mean of a normal sample: Var(s²) = 2σ⁴/n. */
export function zOfVariance(sample: ArrayLike<number>, mean: number, sigma: number): number {
  let sum = 0;
  for (let i = 0; i < sample.length; i++) sum += (sample[i]! - mean) ** 2;
  return (sum / sample.length - sigma ** 2) / (sigma ** 2 * Math.sqrt(2 / sample.length));
}

/** The same for the correlation of two samples that should be independent. */
export function zOfCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [ma, mb] = [average(a), average(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return (ab / Math.sqrt(aa * bb)) * Math.sqrt(a.length);
}

export function average(sample: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < sample.length; i++) sum += sample[i]!;
  return sum / sample.length;
}
