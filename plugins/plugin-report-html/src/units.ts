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

/** The unit of a number in a stack file, by its key, where the key alone tells it. */
const UNIT_OF_KEY: ReadonlyMap<string, string> = new Map([
  ['gMin', 'S'],
  ['gMax', 'S'],
  ['readVoltage', 'V'],
]);

/** The same for keys that mean this only in the wires. */
const UNIT_IN_WIRES: ReadonlyMap<string, string> = new Map([
  ['row', 'Ω'],
  ['column', 'Ω'],
  ['source', 'Ω'],
  ['sink', 'Ω'],
]);

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
 * @param part where it stands in the stack, e.g. `wire`
 */
export function parameter(key: string, value: unknown, part = ''): string {
  if (typeof value === 'number') {
    const unit = UNIT_OF_KEY.get(key) ?? (part === 'wire' ? UNIT_IN_WIRES.get(key) : undefined);
    return unit === undefined ? String(value) : quantity(value, unit);
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return value.map((v) => parameter(key, v, part)).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([k, v]) => `${k} ${parameter(k, v, part)}`)
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
