/** What a number that is printed with one digit may have been: 2e-5 is anything from 1.5e-5 to 2.5e-5. */
function rounded(printed: number): readonly [number, number] {
  const unit = 10 ** Math.floor(Math.log10(printed) + 1e-9);
  const digit = Math.round(printed / unit);
  return [(digit === 1 ? 0.95 : digit - 0.5) * unit, (digit + 0.5) * unit];
}

/**
 * How far a sample is from a printed median of another sample of `others`, as a z-score; positive where it lies above.
 *
 * If both come from the same population, the part of a sample of n that lies above the other one's median is ½ with the
 * variance 1/(4n) + 1/(4 · others), whatever that population is; of what the printed digit allows, the nearest counts.
 */
export function medianScore(values: readonly number[], printed: number, others: number): number {
  const [low, high] = rounded(printed);
  const part = (chosen: (value: number) => boolean): number => values.filter(chosen).length / values.length;
  const deviation = Math.sqrt(1 / (4 * values.length) + 1 / (4 * others));
  const above = (part((value) => value > high) - 0.5) / deviation;
  const below = (part((value) => value < low) - 0.5) / deviation;
  return above > 0 ? above : below > 0 ? -below : 0;
}

/**
 * The probability that, of two samples of the same population, so many of this one's or more lie above the largest of the
 * other one's `others`: Π (n − i) / (n + others − i).
 */
export function exceedanceProbability(values: readonly number[], printed: number, others: number): number {
  const beyond = values.filter((value) => value > rounded(printed)[1]).length;
  let probability = 1;
  for (let i = 0; i < beyond; i++) probability *= (values.length - i) / (values.length + others - i);
  return probability;
}
