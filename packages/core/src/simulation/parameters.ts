import type { StandardSchemaV1 } from '@standard-schema/spec';
import { z } from 'zod';

/** One parameter of a contribution, as `describe` prints it. */
export interface Parameter {
  readonly key: string;
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
}

/** The JSON Schema of a configuration; `{}` where the schema's library cannot say. */
export function configJsonSchema(schema: StandardSchemaV1): Record<string, unknown> {
  if (schema['~standard'].vendor !== 'zod') return {};
  return z.toJSONSchema(schema as unknown as z.ZodType, { io: 'input', unrepresentable: 'any' });
}

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly [limit: string]: unknown;
}

/** The parameters of a configuration with type, range, default and unit. */
export function describeConfig(schema: StandardSchemaV1): Parameter[] {
  const { properties = {} } = configJsonSchema(schema) as JsonSchema;
  return Object.entries(properties).map(([key, p]) => ({
    key,
    type: typeName(p),
    description: p.description ?? '',
    ...('default' in p ? { default: p.default } : {}),
  }));
}

/** The keys that a configuration may have at a path. */
export const keysAt = (schema: StandardSchemaV1, path: readonly PropertyKey[]): string[] =>
  schemasAt(schema, path).flatMap((p) => Object.keys(p.properties ?? {}));

/** What a configuration may hold at a path, in words. */
export const expectedAt = (schema: StandardSchemaV1, path: readonly PropertyKey[]): string =>
  schemasAt(schema, path).map(typeName).join(' | ');

function schemasAt(schema: StandardSchemaV1, path: readonly PropertyKey[]): readonly JsonSchema[] {
  let found: readonly JsonSchema[] = [configJsonSchema(schema)];
  for (const key of path) {
    const next = found.map((p) => (typeof key === 'number' ? p.items : p.properties?.[String(key)]));
    found = next.flatMap((p) => p?.anyOf ?? p ?? []);
  }
  return found;
}

function typeName(p: JsonSchema): string {
  if (p.const !== undefined) return JSON.stringify(p.const);
  if (p.enum) return p.enum.map((v) => JSON.stringify(v)).join(' | ');
  if (p.anyOf) return p.anyOf.map(typeName).join(' | ');
  if (p.type === 'array' && p.items) return `${typeName(p.items)}[]`;
  if (p.type === 'object' && p.properties) return `{ ${typesOf(p.properties).join(', ')} }`;
  const limits = [
    limit(p, 'minimum', '≥'),
    limit(p, 'exclusiveMinimum', '>'),
    limit(p, 'maximum', '≤'),
    limit(p, 'exclusiveMaximum', '<'),
  ].filter((text) => text !== '');
  return [p.type ?? 'any', ...limits].join(' ');
}

/** Keys with their types; neighbours with the same keys below them share those, `a, b: { c: number }`. */
const typesOf = (properties: Readonly<Record<string, JsonSchema>>): string[] => {
  const types = Object.entries(properties).map(([key, p]) => ({ key, type: typeName(p) }));
  return types.map(({ key, type }, i) =>
    type.startsWith('{') && types[i + 1]?.type === type ? key : `${key}: ${type}`,
  );
};

const limit = (p: JsonSchema, key: string, sign: string): string => {
  const value = p[key];
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? `${sign} ${value}` : '';
};
