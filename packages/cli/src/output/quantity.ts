const PREFIXES = [
  [1e3, 'k'],
  [1, ''],
  [1e-3, 'm'],
  [1e-6, 'µ'],
  [1e-9, 'n'],
  [1e-12, 'p'],
  [1e-15, 'f'],
] as const;

/** A unit with the SI prefix that suits a value; percent takes none. */
export interface PrefixedUnit {
  /** Divide by it to get numbers in the prefixed unit. */
  readonly factor: number;
  readonly symbol: string;
}

/** The prefix with which `value` is at least 1 and less than 1000. */
export function prefixed(value: number, unit: string): PrefixedUnit {
  if (value === 0 || unit === '%') return { factor: 1, symbol: unit };
  // A few ulps below a power of a thousand still count as that power.
  const size = Math.abs(value) * (1 + 1e-9);
  const [factor, prefix] = PREFIXES.find(([least]) => size >= least) ?? [1e-15, 'f'];
  return { factor, symbol: `${prefix}${unit}` };
}

/** `1 µS`, `2.5 Ω`, `12 %`: four significant digits. */
export function quantity(value: number, unit: string): string {
  const { factor, symbol } = prefixed(value, unit);
  return `${Number((value / factor).toPrecision(4))} ${symbol}`;
}
