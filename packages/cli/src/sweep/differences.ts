/** What differs between two JSON values, one line for each place: `axes.nu: was [1], is [2]`. */
export function differences(before: unknown, now: unknown, path = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(now)) return [];
  if (!isObject(before) || !isObject(now)) return [`${path}: was ${shown(before)}, is ${shown(now)}`];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const found = keys.flatMap((key) => differences(before[key], now[key], path ? `${path}.${key}` : key));
  return found.length > 0 ? found : [`${path}: its keys are in another order`];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: unknown): string => (value === undefined ? 'absent' : JSON.stringify(value));
