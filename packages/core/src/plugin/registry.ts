import semver from 'semver';
import { VERSION } from '../version.js';
import { didYouMean } from './did-you-mean.js';
import { isPlugin, type Plugin } from './define-plugin.js';
import { PluginError } from './errors.js';
import type { Contribution, Point } from './extension-point.js';

/** A contribution with the plugin it comes from. */
export interface Registration {
  readonly plugin: Plugin;
  readonly contribution: Contribution;
  /** `namespace/id` */
  readonly use: string;
}

/** The plugins that are loaded, and what they contribute. */
export class Registry {
  readonly #plugins = new Map<string, Plugin>();

  /** @param coreVersion the version that `engines.txsim` is checked against */
  constructor(readonly coreVersion: string = VERSION) {}

  get plugins(): readonly Plugin[] {
    return [...this.#plugins.values()];
  }

  /**
   * Adds a plugin. Adding the same one twice does nothing.
   *
   * @param origin where the value came from, for messages
   * @throws PluginError PLUGIN_INVALID, PLUGIN_ENGINE or PLUGIN_DUPLICATE
   */
  add(value: unknown, origin = 'plugin'): this {
    if (!isPlugin(value)) {
      throw new PluginError(
        'PLUGIN_INVALID',
        origin,
        'the default export is not the result of definePlugin(…)',
      );
    }
    const known = this.#plugins.get(value.namespace);
    if (known === value) return this;
    this.#check(value);
    if (known) {
      const detail = `namespace "${value.namespace}" is already taken by ${culprit(known)}`;
      throw new PluginError('PLUGIN_DUPLICATE', culprit(value), detail);
    }
    this.#plugins.set(value.namespace, value);
    return this;
  }

  /** All contributions, or those of one point. */
  list(point?: Point): Registration[] {
    return this.plugins.flatMap((plugin) =>
      plugin.contributes
        .filter((c) => !point || c.point.point === point.point)
        .map((c) => ({ plugin, contribution: c, use: `${plugin.namespace}/${c.id}` })),
    );
  }

  /**
   * The contribution that `use` names: `namespace/id`, or the namespace alone where the plugin contributes
   * one only or says which is its main one.
   *
   * @throws PluginError CONTRIBUTION_NOT_FOUND, with the nearest name
   */
  find(point: Point, use: string): Registration {
    return this.#among(this.list(point), use, point.point);
  }

  /**
   * The same among contributions to the points that plugins opened.
   *
   * @param standard the points of the core, which have places of their own in a stack
   */
  findExtension(use: string, standard: readonly Point[]): Registration {
    const points = new Set(standard.map((p) => p.point));
    const known = this.list().filter((r) => !points.has(r.contribution.point.point));
    return this.#among(known, use, 'extension');
  }

  #among(known: readonly Registration[], use: string, kind: string): Registration {
    const exact = known.find((r) => r.use === use);
    if (exact) return exact;
    const alone = known.filter((r) => r.plugin.namespace === use);
    if (alone.length === 1) return alone[0]!;
    const main = alone.find((r) => r.contribution.id === r.plugin.main);
    if (main) return main;
    const names = known.map((r) => r.use);
    const other = this.list().find((r) => r.use === use);
    const hint = other
      ? ` "${use}" is of the kind ${other.contribution.point.point}.`
      : didYouMean(use, [...names, ...known.map((r) => r.plugin.namespace)]) ||
        ` Known: ${names.join(', ') || 'none'}.`;
    throw new PluginError('CONTRIBUTION_NOT_FOUND', use, `no ${kind} of this name is loaded.${hint}`);
  }

  #check(plugin: Plugin): void {
    const fail = (detail: string): never => {
      throw new PluginError('PLUGIN_INVALID', culprit(plugin), detail);
    };
    if (!semver.valid(plugin.version)) fail(`version: expected a semantic version, got "${plugin.version}"`);
    if (!/^[a-z][a-z0-9-]*$/.test(plugin.namespace)) {
      fail(`namespace: expected lower-case letters, digits and hyphens, got "${plugin.namespace}"`);
    }
    const ids = plugin.contributes.map((c) => c.id);
    if (plugin.main !== undefined && !ids.includes(plugin.main))
      fail(`main: it contributes no "${plugin.main}"`);
    const twice = ids.find((id, i) => ids.indexOf(id) !== i);
    if (twice) fail(`contributes "${twice}" twice`);
    if (!semver.validRange(plugin.engines?.txsim))
      fail('engines.txsim: expected a range of versions of @txsim/core');
    if (!semver.satisfies(this.coreVersion, plugin.engines.txsim, { includePrerelease: true })) {
      const detail = `needs @txsim/core ${plugin.engines.txsim}, this is ${this.coreVersion}`;
      throw new PluginError('PLUGIN_ENGINE', culprit(plugin), detail);
    }
  }
}

const culprit = (plugin: Plugin): string => `${plugin.name}@${plugin.version}`;
