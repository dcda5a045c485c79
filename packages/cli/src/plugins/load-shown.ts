import { loadStack } from '../config/load-stack.js';
import { SHIPPED } from './built-in.js';
import { loadPlugins, type LoadedPlugins } from './load-plugins.js';

/** The plugins of a stack; without one those that come with the command line, and those that are named. */
export async function loadShown(file: string | undefined, added: readonly string[]): Promise<LoadedPlugins> {
  if (file !== undefined) return loadStack({ file, plugins: added });
  return loadPlugins({ listed: SHIPPED, added, base: process.cwd() });
}
