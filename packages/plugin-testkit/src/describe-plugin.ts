import { configJsonSchema, isPlugin, Registry, type Contribution, type Plugin } from '@txsim/core';
import semver from 'semver';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { configOf, make, type Surroundings } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

/** The parts of a package.json that a plugin repeats. */
export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly peerDependencies?: Readonly<Record<string, string | undefined>>;
}

/** What `describePlugin` compares a plugin with. */
export interface PluginOptions extends Pick<Options, 'exempt'> {
  /** The plugin's own package.json. */
  readonly packageJson: PackageJson;
  /** A configuration for each id whose schema has keys without default. */
  readonly configs?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What `create` of the contributions finds around it. */
  readonly around?: Pick<Surroundings, 'given' | 'readFile'>;
}

/** What holds for every plugin: it introduces itself truly, and its contributions are described and closed. */
export function describePlugin(
  plugin: Plugin,
  { packageJson, configs = {}, around, exempt }: PluginOptions,
): void {
  describePromises(`plugin ${plugin.name}`, { exempt }, (promised) => {
    promised('the default export is the result of definePlugin', () => expect(isPlugin(plugin)).toBe(true));
    promised('name and version are those of package.json', () => {
      expect({ name: plugin.name, version: plugin.version }).toEqual({
        name: packageJson.name,
        version: packageJson.version,
      });
    });
    promised('the version is semantic', () => expect(semver.valid(plugin.version)).toBe(plugin.version));
    promised('the namespace is lower-case letters, digits and hyphens', () =>
      expect(plugin.namespace).toMatch(/^[a-z][a-z0-9-]*$/),
    );
    promised('engines.txsim is the range of the peer dependency on @txsim/core', () => {
      expect(semver.validRange(plugin.engines.txsim)).not.toBeNull();
      expect(plugin.engines.txsim).toBe(packageJson.peerDependencies?.['@txsim/core']);
    });
    promised('the registry takes it', () => void new Registry().add(plugin));
    promised('it contributes something, each id once', () => {
      const ids = plugin.contributes.map((c) => c.id);
      expect(ids.length).toBeGreaterThan(0);
      expect(ids).toHaveLength(new Set(ids).size);
    });
    for (const c of plugin.contributes) {
      const config = configs[c.id] ?? {};
      promised(`${c.id}: has a description`, () => expect(c.description.trim()).not.toBe(''));
      promised(`${c.id}: its configuration is complete with defaults`, () => void configOf(c, config));
      promised(`${c.id}: an unknown key is refused`, () => {
        expect(() => configOf(c, { ...config, noSuchKey: 1 })).toThrow();
      });
      promised(`${c.id}: every key of the configuration has a description`, () =>
        expect(undescribed(configJsonSchema(c.config))).toEqual([]),
      );
      promised(`${c.id}: create makes no tensors`, () =>
        expect(tensorsMade(c, { ...around, config })).toBe(0),
      );
    }
  });
}

function tensorsMade(contribution: Contribution, around: Surroundings): number {
  const before = tf.memory().numTensors;
  make(contribution, around);
  return tf.memory().numTensors - before;
}

interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly anyOf?: readonly JsonSchema[];
}

/** Paths of the properties that say nothing of themselves. */
function undescribed(schema: JsonSchema, path = ''): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const at = `${path}${key}`;
    return [...(property.description?.trim() ? [] : [at]), ...undescribed(property, `${at}.`)];
  });
  return [...own, ...(schema.anyOf ?? []).flatMap((branch) => undescribed(branch, path))];
}
