const PREFIXES: readonly (readonly [exponent: number, prefix: string])[] = [
  [9, 'G'],
  [6, 'M'],
  [3, 'k'],
  [0, ''],
  [-3, 'm'],
  [-6, 'µ'],
  [-9, 'n'],
  [-12, 'p'],
  [-15, 'f'],
];

/** The units that descriptions of parameters spell out. */
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['siemens', 'S'],
  ['ohms', 'Ω'],
  ['volts', 'V'],
  ['amperes', 'A'],
  ['seconds', 's'],
]);

/** The symbol of the unit in a parameter's description: `largest conductance, siemens` → `S`. */
const unitIn = (description: string): string | undefined =>
  [...SYMBOLS].find(([name]) => new RegExp(`\\b${name}\\b`).test(description))?.[1];

/** A power of ten with its SI prefix. */
export interface Scale {
  /** Divide by it to get numbers in the prefixed unit. */
  readonly factor: number;
  readonly prefix: string;
}

/** The prefix with which `value` is at least 1 and less than 1000. */
export function scaleOf(value: number): Scale {
  const size = Math.abs(value);
  // A few ulps below a power of a thousand still count as that power: 1e-6 may come out of a division.
  const [exponent, prefix] = PREFIXES.find(([e]) => size >= 10 ** e * (1 - 1e-9)) ?? [-15, 'f'];
  return { factor: 10 ** exponent, prefix };
}

/** `1 µS`, `2.5 Ω`, `200 mV`: engineering notation, four significant digits. */
export function quantity(value: number, unit: string): string {
  if (value === 0 || !Number.isFinite(value)) return `${value} ${unit}`;
  const { factor, prefix } = scaleOf(value);
  return `${plain(value / factor)} ${prefix}${unit}`;
}

/** At most `digits` significant digits, without trailing zeros. */
export const plain = (value: number, digits = 4): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : String(value);

/**
 * A value of a stack file in words: `10 µS`, `yes`, `256, 128`, `calibrate 0.999`.
 *
 * @param description what the parameter is, with its unit
 */
export function parameter(value: unknown, description = ''): string {
  if (typeof value === 'number') {
    const unit = unitIn(description);
    return unit === undefined ? String(value) : quantity(value, unit);
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return value.map((v) => parameter(v, description)).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([k, v]) => `${k} ${parameter(v)}`)
      .join(', ');
  }
  return String(value as string);
}

/** `92.4 %`; a dash where there is no number. */
export const percent = (fraction: number | undefined): string =>
  fraction === undefined || !Number.isFinite(fraction) ? '–' : `${(fraction * 100).toFixed(1)} %`;

/** A difference of two fractions in percentage points, with its sign: `−3.2 points`. */
export function points(difference: number): string {
  const rounded = (difference * 100).toFixed(1);
  const size = rounded.replace('-', '');
  const sign = Number(rounded) === 0 ? '±' : rounded.startsWith('-') ? '−' : '+';
  return `${sign}${size} points`;
}

/** `1 h 02 min`, `3 min 20 s`, `4.2 s`. */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const s = Math.round(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  if (s >= 3600) return `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))} min`;
  return `${Math.floor(s / 60)} min ${two(s % 60)} s`;
}
