import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Host } from '@txsim/core';

/**
 * Files for contributions: a path relative to the first folder, else `package/path` of a package that is installed
 * where one of the folders can see it. The package need not export the file.
 *
 * @param folders the stack file's, those of the plugins, the command line's own
 */
export const nodeHost = (folders: readonly string[]): Host => ({
  readFile: async (specifier) => {
    const path = findFile(specifier, folders);
    if (!path) throw new Error(`no such file in ${folders[0]}, and no installed package has it`);
    return readFile(path);
  },
});

function findFile(specifier: string, folders: readonly string[]): string | undefined {
  const near = resolve(folders[0] ?? '.', specifier);
  if (existsSync(near)) return near;
  if (/^(\.|[\\/]|[a-zA-Z]:)/.test(specifier)) return undefined;
  for (const folder of folders.flatMap(withParents)) {
    const path = join(folder, 'node_modules', specifier);
    if (existsSync(path)) return path;
  }
  return undefined;
}

/** The folder and all above it. */
function withParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}
