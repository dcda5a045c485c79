import { dirname, isAbsolute } from 'node:path';
import { isPlugin, parseStack, StackError, type Host, type Stack } from '@txsim/core';
import { completeStack } from '@txsim/trainers';
import { CLI_FOLDER } from '../locations.js';
import { nodeHost } from '../node-host.js';
import { problemsOf } from '../output/explain.js';
import { InputError, type Problem } from '../output/input-error.js';
import { loadPlugins, type LoadedPlugins } from '../plugins/load-plugins.js';
import { readStackFile } from './read-stack-file.js';
import { setValue } from './set-value.js';
import type { StackSource } from './stack-source.js';

/** How a stack is asked for on the command line. */
export interface StackRequest {
  /** Absent: the built-in MNIST example. */
  readonly file?: string | undefined;
  readonly set?: readonly string[];
  readonly plugins?: readonly string[];
  readonly seed?: number | undefined;
}

/** A stack that is ready to run. */
export interface LoadedStack extends LoadedPlugins, Omit<StackSource, 'value'> {
  readonly stack: Stack;
  readonly host: Host;
}

/**
 * Reads a stack, sets what is asked for, loads its plugins.
 *
 * @throws InputError naming the file, with every problem at once
 */
export async function loadStack({ file, set = [], plugins = [], seed }: StackRequest): Promise<LoadedStack> {
  const source = await readStackFile(file);
  for (const assignment of set) setValue(source.value, assignment);
  if (seed !== undefined) source.value['seed'] = seed;
  return completeSource(source, plugins);
}

/** A stack from its source: checked, completed, with its plugins. */
export async function completeSource(source: StackSource, added: readonly string[]): Promise<LoadedStack> {
  const { value, ...place } = source;
  return naming(place.origin, async () => {
    const listed = Array.isArray(value['plugins']) ? (value['plugins'] as unknown[]) : undefined;
    const named = listed ? { ...value, plugins: listed.map((p) => (isPlugin(p) ? p.name : p)) } : value;
    const stack = completeStack(parseStack(named, place.origin));
    const loaded = await loadPlugins({ listed: listed ?? [], added, base: place.base });
    return {
      ...place,
      ...loaded,
      stack: { ...stack, plugins: [...loaded.names] },
      host: hostOf(place.base, loaded),
    };
  });
}

/** Files are looked for where the stack file is, then where its plugins are. */
function hostOf(base: string, { plugins }: LoadedPlugins): Host {
  const folders = plugins
    .map(({ from }) => from)
    .filter(isAbsolute)
    .map(dirname);
  return nodeHost([base, ...folders, CLI_FOLDER]);
}

/** Whatever is wrong with a stack while `action` runs, it is said of which file. */
export async function naming<T>(origin: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    const problems = problemsOf(error);
    const many = problems.length === 1 ? '' : ` in ${problems.length} places`;
    throw new InputError(`${origin} is wrong${many}`, problems, { cause: error, hint: hintFor(problems) });
  }
}

/** A name without a near one most likely belongs to a plugin that is not loaded. */
function hintFor(problems: readonly Problem[]): string | undefined {
  const strange = problems.some(
    (p) => p.code === 'CONTRIBUTION_NOT_FOUND' && !p.message.includes('Did you mean'),
  );
  return strange ? 'A plugin is loaded when "plugins" of the stack, or --plugin, names it.' : undefined;
}
