/** One figure of the table, as `--json` prints it. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  /** The figure: the best of a kernel, the median of a training step. */
  readonly value: number;
  readonly median: number;
  /** Lower and upper quartile, in the order of numbers. */
  readonly low: number;
  readonly high: number;
  /** What it was measured against, in turns with it. */
  readonly against?: string;
  /** The baseline's figure, taken as `value` is. */
  readonly baseline?: number;
  /** Figure over baseline: median and quartiles over the turns, each with its neighbour. */
  readonly ratio?: number;
  readonly ratioLow?: number;
  readonly ratioHigh?: number;
}

/** How the figure of a row comes from milliseconds. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly of: (milliseconds: number) => number;
  /** Which call stands for all: of kernels the fastest, since others share the machine; of steps the median. */
  readonly headline: 'best' | 'median';
  readonly against?: string;
}

/** The value below which a part of the numbers lies, interpolated; `values` in rising order. */
export function quantile(values: readonly number[], part: number): number {
  const at = part * (values.length - 1);
  const below = Math.floor(at);
  const [a, b] = [values[below]!, values[Math.min(below + 1, values.length - 1)]!];
  return a + (at - below) * (b - a);
}

const rising = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/**
 * The row of the times of some calls.
 *
 * @param times milliseconds of each call
 * @param baseline those of the calls in between, as many
 */
export function rowOf(figure: Figure, times: readonly number[], baseline?: readonly number[]): Row {
  const { name, unit, against } = figure;
  const own = spreadOf(figure, times);
  if (!baseline) return { name, unit, ...own };
  const ratios = rising(times.map((ms, i) => figure.of(ms) / figure.of(baseline[i]!)));
  return {
    name,
    unit,
    ...own,
    against,
    baseline: spreadOf(figure, baseline).value,
    ratio: quantile(ratios, 0.5),
    ratioLow: quantile(ratios, 0.25),
    ratioHigh: quantile(ratios, 0.75),
  };
}

function spreadOf({ of, headline }: Figure, times: readonly number[]) {
  const figures = rising(times.map(of));
  const median = quantile(figures, 0.5);
  const value = headline === 'median' ? median : of(Math.min(...times));
  return { value, median, low: quantile(figures, 0.25), high: quantile(figures, 0.75) };
}
