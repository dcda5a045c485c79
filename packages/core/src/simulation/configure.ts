import type { StandardSchemaV1 } from '@standard-schema/spec';
import { z } from 'zod';
import { didYouMean } from '../plugin/did-you-mean.js';
import { PluginError, StackError } from '../plugin/errors.js';
import type { Registration } from '../plugin/registry.js';
import { valueAt, type Use } from './stack.js';

/**
 * The configuration of a contribution, checked and completed with defaults.
 *
 * @param path where it stands in the stack file, e.g. `stack.adc`
 * @throws StackError with every problem at once (CONTRIBUTION_CONFIG)
 */
export function configure(registration: Registration, use: Use, path: string): unknown {
  const { use: _, enabled: __, ...config } = use;
  const result = registration.contribution.config['~standard'].validate(config);
  if (result instanceof Promise) throw new TypeError(`${registration.use}: the schema must not be asynchronous`);
  if (!result.issues) return result.value;
  const { plugin } = registration;
  const culprit = `${plugin.name}@${plugin.version} ${registration.use}`;
  throw new StackError(
    result.issues.flatMap((issue) =>
      explain(issue, registration, config).map(
        (detail) => new PluginError('CONTRIBUTION_CONFIG', culprit, `${path}.${detail}`),
      ),
    ),
  );
}

function explain(issue: StandardSchemaV1.Issue, registration: Registration, config: unknown): string[] {
  const keys = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
  const unknown = (issue as { code?: string; keys?: string[] }).keys;
  if (unknown && (issue as { code?: string }).code === 'unrecognized_keys') {
    const known = describeConfig(registration.contribution.config).map((p) => p.key);
    return unknown.map((key) => `${[...keys, key].join('.')}: unknown key.${didYouMean(key, known) || list(known)}`);
  }
  const got = valueAt(config, keys);
  return [`${keys.join('.')}: ${issue.message}${got === undefined ? '' : ` (got ${JSON.stringify(got)})`}`];
}

const list = (known: readonly string[]): string => (known.length > 0 ? ` Known: ${known.join(', ')}.` : '');

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

function typeName(p: JsonSchema): string {
  if (p.const !== undefined) return JSON.stringify(p.const);
  if (p.enum) return p.enum.map((v) => JSON.stringify(v)).join(' | ');
  if (p.anyOf) return p.anyOf.map(typeName).join(' | ');
  if (p.type === 'object' && p.properties) {
    return `{ ${Object.entries(p.properties).map(([k, v]) => `${k}: ${typeName(v)}`).join(', ')} }`; // prettier-ignore
  }
  const limits = [
    limit(p, 'minimum', '≥'),
    limit(p, 'exclusiveMinimum', '>'),
    limit(p, 'maximum', '≤'),
    limit(p, 'exclusiveMaximum', '<'),
  ].filter((text) => text !== '');
  return [p.type ?? 'any', ...limits].join(' ');
}

const limit = (p: JsonSchema, key: string, sign: string): string => {
  const value = p[key];
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? `${sign} ${value}` : '';
};
