import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isPlugin } from '@txsim/core';
import { EXAMPLE } from '../locations.js';
import { InputError } from '../output/input-error.js';
import { isRunRecord, sourceOfRecord } from '../run/run-record.js';
import { nameFrom } from '../plugins/load-plugins.js';
import { extendStack } from './extend-stack.js';
import { parseJsonc } from './parse-jsonc.js';
import { asObject, type StackSource } from './stack-source.js';

const SCRIPTS = ['.js', '.mjs', '.ts', '.mts'];

/**
 * Reads a stack: a .json or .jsonc file, a module whose default export it is, the `run.json` of an earlier run, or a
 * preset by its name.
 * Without a file it is the built-in MNIST example, and then paths are relative to the working directory.
 *
 * @throws InputError naming the file and what is wrong with it
 */
export async function readStackFile(file: string | undefined): Promise<StackSource> {
  if (file === undefined) return { ...(await readAny(EXAMPLE, 'the built-in example')), base: process.cwd() };
  if (/^[\w-]+$/.test(file) && !existsSync(file)) {
    const { readPreset } = await import('./presets.js');
    const preset = await readPreset(file);
    if (preset) return preset;
  }
  return readAny(resolve(file), relative(process.cwd(), resolve(file)));
}

/** @param within the files that extend this one, for cycles */
async function readAny(path: string, origin: string, within: readonly string[] = []): Promise<StackSource> {
  const { value, ...place } = await readAt(path, origin);
  if (isRunRecord(value)) return sourceOfRecord(value, place);
  const { extends: bases, ...own } = value;
  if (bases === undefined) return { value: own, ...place };
  let whole: Record<string, unknown> = own;
  for (const name of [bases].flat().reverse())
    whole = { ...extendStack(await readBase(name, path, origin, within), whole) };
  return { value: whole, ...place };
}

/** A stack that another one extends, with paths of plugins as the other one would write them. */
async function readBase(
  name: unknown,
  path: string,
  origin: string,
  within: readonly string[],
): Promise<Record<string, unknown>> {
  if (typeof name !== 'string')
    throw new InputError(
      `${origin}: extends: expected the path of a stack file, got ${JSON.stringify(name)}`,
    );
  const file = resolve(dirname(path), name);
  const chain = [...within, path];
  if (chain.includes(file)) {
    const shown = [...chain, file].map((link) => relative(process.cwd(), link));
    throw new InputError(`${origin}: extends itself: ${shown.join(' → ')}`);
  }
  const { value, base } = await readAny(file, relative(process.cwd(), file), chain);
  if (!Array.isArray(value['plugins'])) return value;
  const plugins = value['plugins'].map((p: unknown) =>
    typeof p === 'string' ? nameFrom(p, base, dirname(path)) : p,
  );
  return { ...value, plugins };
}

/**
 * Reads the object of a .json or .jsonc file, or the default export of a module.
 *
 * @throws InputError naming the file and what is wrong with it
 */
export const readObject = (file: string): Promise<StackSource> =>
  readAt(resolve(file), relative(process.cwd(), resolve(file)));

async function readAt(path: string, origin: string): Promise<StackSource> {
  const value = SCRIPTS.includes(extname(path))
    ? await importDefault(path, origin)
    : await readJsonc(path, origin);
  return { value: asObject(value, origin), origin, name: basename(path, extname(path)), base: dirname(path) };
}

async function readJsonc(path: string, origin: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    const reason = 'code' in cause && cause.code === 'ENOENT' ? 'no such file' : cause.message;
    throw new InputError(`${origin}: cannot be read: ${reason}`, [], { cause });
  });
  return parseJsonc(text, origin);
}

async function importDefault(path: string, origin: string): Promise<unknown> {
  try {
    const module = (await import(pathToFileURL(path).href)) as { default?: unknown };
    // Copied, because --set writes into it; plugins are objects with functions and stay themselves.
    return copy(module.default);
  } catch (cause) {
    throw new InputError(`${origin}: cannot be loaded: ${(cause as Error).message}`, [], { cause });
  }
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (value === null || typeof value !== 'object' || isPlugin(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, copy(v)]));
}
