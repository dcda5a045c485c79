import type { StandardSchemaV1 } from '@standard-schema/spec';
import { didYouMean } from '../plugin/did-you-mean.js';
import { PluginError, StackError } from '../plugin/errors.js';
import type { Registration } from '../plugin/registry.js';
import { expectedAt, keysAt } from './parameters.js';
import { inWords, valueAt, type Use } from './stack.js';

/**
 * The configuration of a contribution, checked and completed with defaults.
 *
 * @param path where it stands in the stack file, e.g. `stack.adc`
 * @throws StackError with every problem at once (CONTRIBUTION_CONFIG)
 */
export function configure(registration: Registration, use: Use, path: string): unknown {
  const { use: _, enabled: __, ...config } = use;
  const result = registration.contribution.config['~standard'].validate(config);
  if (result instanceof Promise)
    throw new TypeError(`${registration.use}: the schema must not be asynchronous`);
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
  const schema = registration.contribution.config;
  const { code, keys: unknown = [] } = issue as { code?: string; keys?: string[] };
  if (code === 'unrecognized_keys') {
    const known = keysAt(schema, keys);
    return unknown.map(
      (key) => `${[...keys, key].join('.')}: unknown key.${didYouMean(key, known) || list(known)}`,
    );
  }
  // Of a value that fits none of several forms, zod says no more than that.
  const message = code === 'invalid_union' ? `expected ${expectedAt(schema, keys)}` : issue.message;
  return [`${keys.join('.')}: ${message}${inWords(valueAt(config, keys))}`];
}

const list = (known: readonly string[]): string => (known.length > 0 ? ` Known: ${known.join(', ')}.` : '');
