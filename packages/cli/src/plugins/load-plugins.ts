import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPlugin, PluginError, Problems, Registry, type Plugin } from '@txsim/core';
import { CLI_FOLDER } from '../locations.js';
import { BUILT_IN } from './built-in.js';
import { isPath, resolvePlugin } from './resolve-plugin.js';

/** A plugin that is loaded, and from where. */
export interface LoadedPlugin {
  readonly plugin: Plugin;
  /** `built-in`, the path of the module, or `configuration` for an object in a module's stack. */
  readonly from: string;
}

/** What is loaded for a stack. */
export interface LoadedPlugins {
  readonly registry: Registry;
  readonly plugins: readonly LoadedPlugin[];
  /** The names to write into the stack, for those that were given. */
  readonly names: readonly string[];
}

/** What to load beside the built-in plugins. */
export interface PluginRequest {
  /** `plugins` of the stack: names, paths relative to `base`, or plugins themselves. */
  readonly listed: readonly unknown[];
  /** `--plugin`: names, or paths relative to the working directory. */
  readonly added: readonly string[];
  readonly base: string;
}

/**
 * Loads the built-in plugins and those that are named, nothing else.
 *
 * @throws StackError with every plugin that cannot be had
 */
export async function loadPlugins({ listed, added, base }: PluginRequest): Promise<LoadedPlugins> {
  const registry = new Registry();
  const plugins: LoadedPlugin[] = [];
  const problems = new Problems();
  const add = (value: unknown, from: string): void => {
    registry.add(value, from);
    if (isPlugin(value) && !plugins.some((p) => p.plugin === value)) plugins.push({ plugin: value, from });
  };
  for (const module of await Promise.all(BUILT_IN.map(({ load }) => load()))) add(module.default, 'built-in');

  const load = async (name: unknown, folder: string): Promise<string | undefined> => {
    try {
      if (isPlugin(name)) add(name, 'configuration');
      else if (!registry.plugins.some((p) => p.name === name)) {
        const url = resolvePlugin(String(name), [folder, CLI_FOLDER]);
        add(await importPlugin(url, String(name)), fileURLToPath(url));
      }
    } catch (error) {
      problems.add(error);
    }
    return isPlugin(name) ? name.name : nameFrom(String(name), folder, base);
  };
  const names = new Set<string>();
  for (const name of added) names.add((await load(name, isPath(name) ? process.cwd() : base))!);
  for (const name of listed) names.add((await load(name, base))!);
  problems.throwIfAny();
  return { registry, plugins, names: [...names] };
}

/** A path as it must be written in a stack of another folder. */
export function nameFrom(name: string, folder: string, base: string): string {
  if (!isPath(name) || folder === base) return name;
  const absolute = name.startsWith('file:') ? fileURLToPath(name) : resolve(folder, name);
  const path = relative(base, absolute).replaceAll('\\', '/');
  return isPath(path) ? path : `./${path}`;
}

async function importPlugin(url: string, name: string): Promise<unknown> {
  try {
    return ((await import(url)) as { default?: unknown }).default;
  } catch (cause) {
    throw new PluginError('PLUGIN_INVALID', name, `cannot be loaded: ${(cause as Error).message}`, { cause });
  }
}
