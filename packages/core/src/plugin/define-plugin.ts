import { isContribution, type Contribution } from './extension-point.js';

const PLUGIN = Symbol.for('txsim.plugin');

/** What a plugin package exports by default. */
export interface PluginDefinition {
  /** The npm name of the package. */
  readonly name: string;
  /** The version of the package. */
  readonly version: string;
  /** The first half of `use: "namespace/id"`. */
  readonly namespace: string;
  /** The range of @txsim/core the plugin was written for; the same as its peer dependency. */
  readonly engines: { readonly txsim: string };
  readonly contributes: readonly Contribution[];
  /** The id that the namespace alone stands for, where there are several of a kind. */
  readonly main?: string;
}

/** A definition that `definePlugin` has marked. */
export interface Plugin extends PluginDefinition {
  readonly [PLUGIN]: true;
}

/** Marks a definition as a plugin. The registry checks it when it is loaded. */
export const definePlugin = (definition: PluginDefinition): Plugin =>
  Object.freeze({
    [PLUGIN]: true as const,
    ...definition,
    contributes: Object.freeze([...definition.contributes]),
  });

/** Whether a value came from `definePlugin`, of this or another copy of the package. */
export const isPlugin = (value: unknown): value is Plugin =>
  typeof value === 'object' &&
  value !== null &&
  PLUGIN in value &&
  Array.isArray((value as unknown as PluginDefinition).contributes) &&
  (value as unknown as PluginDefinition).contributes.every(isContribution);
