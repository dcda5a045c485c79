import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PluginError } from '@txsim/core';
import { resolve as resolveModule } from 'import-meta-resolve';

/**
 * The module of a plugin. A path is relative to the first folder. A name stands for `@txsim/plugin-NAME`,
 * `txsim-plugin-NAME` or `NAME`, in this order, each looked for as Node does, from the given folders in turn. Nothing
 * is executed, and `node_modules` is not searched for anything that was not named.
 *
 * @param folders where to look from: the stack file's, then the command line's own
 * @returns a file URL
 * @throws PluginError PLUGIN_NOT_FOUND with what was tried
 */
export function resolvePlugin(name: string, folders: readonly string[]): string {
  if (isPath(name)) return resolvePath(name, folders[0]!);
  const candidates = candidatesOf(name);
  for (const candidate of candidates) {
    for (const folder of folders) {
      const found = resolveFrom(candidate, folder);
      if (found) return found;
    }
  }
  const install = isShort(name) ? `npm install txsim-plugin-${name}` : `npm install ${name}`;
  const detail = `none of ${candidates.join(', ')} is installed in ${folders.join(' or ')}. Try: ${install}`;
  throw new PluginError('PLUGIN_NOT_FOUND', name, detail);
}

/** Whether a plugin is named by its path: `./x.mjs`, `../x.mjs`, absolute, or a file URL. */
export const isPath = (name: string): boolean => /^(\.{1,2}[\\/]|[\\/]|[a-zA-Z]:[\\/]|file:)/.test(name);

/** The packages that a name may stand for, the likeliest first. */
export const candidatesOf = (name: string): string[] =>
  isShort(name) ? [`@txsim/plugin-${name}`, `txsim-plugin-${name}`, name] : [name];

const isShort = (name: string): boolean => !name.includes('/') && !name.startsWith('txsim-plugin-');

function resolvePath(name: string, folder: string): string {
  const url = name.startsWith('file:') ? new URL(name) : pathToFileURL(resolve(folder, name));
  if (!existsSync(url)) throw new PluginError('PLUGIN_NOT_FOUND', name, `there is no file ${url.pathname}`);
  if (statSync(url).isDirectory()) {
    throw new PluginError(
      'PLUGIN_NOT_FOUND',
      name,
      'this is a folder; name its module, e.g. dist/index.js in it',
    );
  }
  return url.href;
}

function resolveFrom(specifier: string, folder: string): string | undefined {
  try {
    const url = resolveModule(specifier, pathToFileURL(join(folder, 'noop.js')).href);
    return url.startsWith('file:') ? url : undefined;
  } catch (error) {
    // A package that is there but exports nothing under this name is an error of its own, told when it is loaded.
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_INVALID_MODULE_SPECIFIER') return undefined;
    throw new PluginError('PLUGIN_INVALID', specifier, message, { cause: error });
  }
}
