import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '@txsim/core';
import { CHECKPOINT_FILE, readCheckpoint, type Checkpoint } from '@txsim/trainers';
import { completeSource, type LoadedStack } from '../config/load-stack.js';
import { readStackFile } from '../config/read-stack-file.js';
import { asObject } from '../config/stack-source.js';
import { InputError } from '../output/input-error.js';
import { RECORD_FILE } from './run-record.js';

/** A run as it lies in its folder. */
export interface SavedRun {
  readonly bytes: Uint8Array;
  readonly checkpoint: Checkpoint;
  /** The checkpoint's stack with the reporters that the user chose, and its plugins. */
  readonly loaded: LoadedStack;
  /** What differs between then and now. */
  readonly warnings: readonly string[];
}

/**
 * Reads what a run has left.
 *
 * @param added plugins from the command line; they take the place of those of the same package
 * @throws InputError or PluginError CHECKPOINT_INVALID naming the file
 */
export async function readSavedRun(folder: string, added: readonly string[]): Promise<SavedRun> {
  const path = join(folder, CHECKPOINT_FILE);
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new InputError(`${path}: there is no checkpoint here: ${cause.message}`, [], { cause });
  });
  const checkpoint = await read(bytes, path);
  const record = await readStackFile(join(folder, RECORD_FILE));
  const value = {
    ...asObject(checkpoint.stack, path),
    backend: record.value['backend'],
    reporters: record.value['reporters'],
  };
  const loaded = await completeSource({ ...record, value, origin: path }, added);
  return { bytes, checkpoint, loaded, warnings: versionChanges(checkpoint, loaded) };
}

async function read(bytes: Uint8Array, path: string): Promise<Checkpoint> {
  try {
    return await readCheckpoint(bytes, path);
  } catch (cause) {
    if (cause instanceof PluginError) throw cause;
    throw new PluginError('CHECKPOINT_INVALID', path, `is damaged: ${(cause as Error).message}`, { cause });
  }
}

function versionChanges({ versions }: Checkpoint, { plugins }: LoadedStack): string[] {
  return plugins.flatMap(({ plugin: { name, version } }) => {
    const before = versions[name];
    if (before === undefined || before === version) return [];
    return [`the checkpoint was written with ${name}@${before}, this is ${name}@${version}`];
  });
}
