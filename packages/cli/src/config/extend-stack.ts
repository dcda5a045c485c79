type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * A stack over another one: objects are merged key by key; lists, and choices of another `use`, take the place of what
 * was there, for their configuration is another. The plugins of both are loaded.
 */
export function extendStack(base: Json, own: Json): Json {
  const merged = merge(base, own) as Json;
  const plugins = [base, own].flatMap(({ plugins: listed }) =>
    Array.isArray(listed) ? (listed as unknown[]) : [],
  );
  return plugins.length === 0 ? merged : { ...merged, plugins: [...new Set(plugins)] };
}

function merge(base: unknown, own: unknown): unknown {
  if (!isObject(base) || !isObject(own)) return own;
  if (own['use'] !== undefined && own['use'] !== base['use']) return own;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(own)])];
  return Object.fromEntries(keys.map((key) => [key, key in own ? merge(base[key], own[key]) : base[key]]));
}
