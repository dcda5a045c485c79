import { existsSync } from 'node:fs';
import type { RunHistory } from '@txsim/core';
import { loadStack, type LoadedStack } from '../config/load-stack.js';
import { setValue } from '../config/set-value.js';
import { InputError } from '../output/input-error.js';
import { OutputFolder } from './output-folder.js';
import { readSavedRun } from './saved-run.js';

/** `txsim train` as it was typed. */
export interface TrainRequest {
  readonly file?: string | undefined;
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly seed?: number;
  readonly out?: string;
  readonly resume?: string;
  readonly twin: boolean;
  readonly checkpointEvery?: number;
  readonly strict?: boolean;
  /** With `--attribute`: how many seeds, and processes. */
  readonly seeds?: number;
  readonly workers?: number;
  readonly json?: boolean;
}

/** A run that can begin or go on. */
export interface PreparedRun {
  readonly loaded: LoadedStack;
  readonly folder: OutputFolder;
  readonly twin: boolean;
  readonly warnings: readonly string[];
  /** Where it goes on from. */
  readonly from?: { readonly bytes: Uint8Array; readonly history: RunHistory };
}

/** @throws InputError for whatever is wrong before anything is computed or written */
export const prepare = (request: TrainRequest): Promise<PreparedRun> =>
  request.resume === undefined ? prepareNew(request) : prepareResumed(request, request.resume);

async function prepareNew(request: TrainRequest): Promise<PreparedRun> {
  const { file, set, plugin, seed, out } = request;
  const folder = out === undefined ? undefined : OutputFolder.at(out);
  const loaded = await loadStack({ file, set, plugins: plugin, seed });
  return {
    loaded,
    folder: folder ?? OutputFolder.next(loaded.name),
    twin: request.twin && (loaded.twin ?? true),
    warnings: [],
  };
}

const EPOCHS = 'trainer.epochs';

async function prepareResumed(request: TrainRequest, path: string): Promise<PreparedRun> {
  refuseChanges(request);
  if (!existsSync(path)) throw new InputError(`--resume ${path}: there is no such folder`);
  const { bytes, checkpoint, loaded, warnings } = await readSavedRun(path, request.plugin);
  const stack = structuredClone(loaded.stack);
  for (const assignment of request.set) setValue(stack, assignment);
  const done = checkpoint.progress.history.epochs.length;
  if (Number(stack.trainer['epochs']) < done) {
    throw new InputError(
      `--set ${EPOCHS}=${String(stack.trainer['epochs'])}: ${done} epochs are done already`,
    );
  }
  return {
    loaded: { ...loaded, stack },
    folder: OutputFolder.existing(path),
    twin: Object.keys(checkpoint.tensors).some((key) => key.startsWith('twin/')),
    warnings,
    from: { bytes, history: checkpoint.progress.history },
  };
}

function refuseChanges({ file, set, seed, out, twin }: TrainRequest): void {
  const given = [
    ...(file === undefined ? [] : [file]),
    ...set
      .filter((assignment) => !assignment.startsWith(`${EPOCHS}=`))
      .map((assignment) => `--set ${assignment}`),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
    ...(out === undefined ? [] : [`--out ${out}`]),
    ...(twin ? [] : ['--no-twin']),
  ];
  if (given.length === 0) return;
  const rule = `a run goes on with the stack of its checkpoint; only ${EPOCHS} may be set`;
  throw new InputError(`--resume: ${given.join(', ')}: ${rule}`);
}
