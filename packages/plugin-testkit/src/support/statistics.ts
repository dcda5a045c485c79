/** Statistical promises hold at |z| below this; a false alarm is one in 150,000. */
export const Z_LIMIT = 4.5;

const average = (sample: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < sample.length; i++) sum += sample[i]!;
  return sum / sample.length;
};

/** How many standard errors a sample's mean is away from `mean`, where its spread should be `sigma`. */
export const zOfMean = (sample: ArrayLike<number>, mean: number, sigma: number): number =>
  (average(sample) - mean) / (sigma / Math.sqrt(sample.length));

/** The same for the variance of a normal sample about its known mean: Var(s²) = 2σ⁴/n. */
export function zOfVariance(sample: ArrayLike<number>, mean: number, sigma: number): number {
  const squares = Array.from(sample, (x) => (x - mean) ** 2);
  return (average(squares) - sigma ** 2) / (sigma ** 2 * Math.sqrt(2 / sample.length));
}
