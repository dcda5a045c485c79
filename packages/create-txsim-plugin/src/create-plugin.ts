import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isKind, KINDS } from './kinds.js';
import { namesOf } from './naming.js';
import { RANGES } from './ranges.js';
import { renderTemplate } from './render.js';

/** What is asked for. */
export interface PluginRequest {
  /** `hfo2`, `txsim-plugin-hfo2` or `@acme/txsim-plugin-hfo2`. */
  readonly name: string;
  /** One of `KINDS`. */
  readonly kind: string;
  /** A folder that is empty or not there; absent: the name of the package without its scope. */
  readonly folder?: string;
}

/** What was made. */
export interface CreatedPlugin {
  readonly package: string;
  /** How stack files name it. */
  readonly use: string;
  readonly folder: string;
  readonly files: readonly string[];
}

/**
 * Writes a new plugin: source with schema, conformance test, README, changeset, CI. It builds and passes its tests as it
 * is.
 *
 * @throws Error if the name or the kind is wrong, or the folder is not empty
 */
export function createPlugin({ name, kind, folder }: PluginRequest): CreatedPlugin {
  if (!isKind(kind)) throw new Error(`kind "${kind}": expected one of ${Object.keys(KINDS).join(', ')}`);
  const names = namesOf(name, kind);
  const target = resolve(folder ?? names.package.replace(/^@[^/]*\//, ''));
  if (existsSync(target) && !(statSync(target).isDirectory() && readdirSync(target).length === 0))
    throw new Error(`${target}: is not empty, and is not overwritten`);
  const files = renderTemplate(kind, {
    __package__: names.package,
    __id__: names.id,
    __identifier__: names.identifier,
    __kind__: kind,
    __year__: String(new Date().getFullYear()),
    ...RANGES,
  });
  for (const [path, text] of files) {
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  }
  return { package: names.package, use: `${names.id}/${names.id}`, folder: target, files: [...files.keys()] };
}
