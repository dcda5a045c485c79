import {
  compose,
  dataset,
  reporter,
  trainer,
  VERSION,
  type EpochMetrics,
  type Host,
  type LoadedDataset,
  type MatrixSnapshot,
  type Registry,
  type Reporter,
  type RunDescription,
  type RunFolder,
  type RunHistory,
  type RunResult,
  type Simulation,
  type Stack,
} from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { readCheckpoint, restore, writeCheckpoint, type Checkpoint } from './checkpoint/checkpoint.js';
import { activateBackend } from './choose-backend.js';
import { completeStack } from './complete-stack.js';
import { buildModels, trainingOf, type Models } from './models.js';
import { evaluate } from './training/evaluate.js';
import { recordHistory } from './training/history.js';
import { START, type TrainingProgress } from './training/progress.js';
import { StepWatch } from './training/step-watch.js';
import { train, type TrainingOutcome } from './training/train.js';

/** What a run needs beside its stack. */
export interface SimulateOptions {
  readonly registry: Registry;
  readonly host?: Host;
  /** Train the same network digitally beside it (default). */
  readonly twin?: boolean;
  /** Where reporters write. */
  readonly folder?: RunFolder;
  /** Called with the bytes of each checkpoint. */
  readonly save?: (checkpoint: Uint8Array) => Promise<void>;
  /** Steps between checkpoints within an epoch; absent: at the ends of epochs and when interrupted. */
  readonly checkpointEvery?: number;
  /** The bytes of a checkpoint to go on from. */
  readonly resume?: Uint8Array;
  readonly signal?: AbortSignal;
  /** Looks at what contributions give at every stage: shapes, values that are not finite, tensors left behind. */
  readonly strict?: boolean;
  /** Called when the stack, the backend and the data have proved good, before anything is reported. */
  readonly opened?: (run: RunDescription) => Promise<void> | void;
}

/** What came of a run. */
export interface RunSummary {
  /** Test accuracy after the last epoch, fraction; undefined where no epoch was finished. */
  readonly accuracy?: number;
  readonly digitalAccuracy?: number;
  readonly loss?: number;
  readonly epochs: readonly EpochMetrics[];
  /** What became of the devices of each matrix; empty where the run did not come to its end. */
  readonly devices: readonly DeviceSummary[];
  readonly steps: number;
  readonly interrupted: boolean;
  readonly seconds: number;
  readonly backend: string;
  readonly seed: number;
  readonly stack: Stack;
  readonly warnings: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}

/** The devices of one matrix after training. */
export type DeviceSummary = Pick<MatrixSnapshot, 'name' | 'saturation' | 'pulses'>;

const devicesOf = ({ snapshots }: RunHistory): DeviceSummary[] =>
  (snapshots.findLast(({ when }) => when === 'after')?.matrices ?? []).map(
    ({ name, saturation, pulses }) => ({ name, saturation, ...(pulses && { pulses }) }),
  );

/**
 * Trains the network of a stack on its arrays, from composition to report.
 *
 * @throws StackError if the stack is wrong, PluginError if the backend, the data or the checkpoint is, or if a plugin fails
 * while the network learns: it names the plugin and the step. Whatever happens, reporters are closed and models disposed.
 */
export async function simulate(given: Stack, options: SimulateOptions): Promise<RunSummary> {
  const started = performance.now();
  const stack = completeStack(given);
  const checkpoint = options.resume && (await readCheckpoint(options.resume));
  const simulation = compose(stack, options.registry, options.host);
  try {
    const backend = await activateBackend(options.registry, stack.backend);
    const versions = { '@txsim/core': VERSION, ...simulation.versions };
    const outcome = await run(simulation, options, checkpoint, versions, backend, started);
    const { history, step } = outcome.progress;
    const end = history.epochs.at(-1);
    return {
      accuracy: end?.accuracy,
      digitalAccuracy: end?.twinAccuracy,
      loss: end?.testLoss,
      epochs: history.epochs,
      devices: devicesOf(history),
      steps: step,
      interrupted: outcome.interrupted,
      seconds: (performance.now() - started) / 1000,
      backend,
      seed: stack.seed,
      stack,
      warnings: history.warnings.map((w) => `${w.source}: ${w.message}`),
      versions,
    };
  } finally {
    simulation.dispose();
  }
}

async function run(
  simulation: Simulation,
  options: SimulateOptions,
  checkpoint: Checkpoint | undefined,
  versions: Readonly<Record<string, string>>,
  backend: string,
  started: number,
): Promise<TrainingOutcome> {
  const data = await simulation.resolve(dataset).load();
  const watch = options.strict ? new StepWatch(options.twin === false ? 1 : 2) : undefined;
  try {
    const models = await buildModels(simulation, data, options, options.twin !== false, watch?.inspection);
    try {
      await watch?.settle('before the first step');
      return await learn(models, data);
    } finally {
      models.dispose();
    }
  } finally {
    watch?.dispose();
  }

  async function learn(models: Models, data: LoadedDataset): Promise<TrainingOutcome> {
    const { stack, events } = simulation;
    if (checkpoint) await restore(models.participants, checkpoint);

    const from: TrainingProgress = checkpoint?.progress ?? START;
    // Checkpoints of earlier versions lack kinds of facts.
    const before = { ...START.history, ...from.history };
    const history = recordHistory(events, before);
    const reporters = simulation.resolveAll(reporter).map(({ product }): Reporter => product);
    const description = {
      stack,
      parts: simulation.parts,
      layers: models.analog.layers,
      seed: stack.seed,
      backend,
      versions,
      history: before,
    };
    await options.opened?.(description);
    for (const r of reporters) r.open?.(description, options.folder);
    if (!checkpoint) {
      for (const layer of models.analog.digital) {
        events.emit('warning', {
          source: '@txsim/layers',
          message: `${layer} has no analog form and stays digital`,
        });
      }
    }

    const end = async (interrupted: boolean, failure?: string): Promise<void> => {
      const seconds = (performance.now() - started) / 1000;
      await closing(reporters, { interrupted, seconds, ...(failure === undefined ? {} : { failure }) }, () =>
        events.emit('end', { interrupted, seconds }),
      );
    };
    const outcome = await train({
      ...trainingOf(simulation, models),
      trainer: simulation.resolve(trainer),
      data,
      from,
      history,
      signal: options.signal,
      checkpointEvery: options.checkpointEvery,
      ...(watch && { inspect: (when) => watch.settle(when) }),
      ...(options.save && {
        save: async (progress) =>
          options.save!(await writeCheckpoint(models.participants, { stack, progress, versions })),
      }),
    }).catch(async (error: unknown) => {
      // The run's own failure is what is told, whatever else fails now.
      await end(true, error instanceof Error ? error.message : String(error)).catch(() => undefined);
      throw error;
    });
    await end(outcome.interrupted);
    return outcome;
  }
}

/** Tells the end and closes every reporter. @throws what failed first, when all are closed */
async function closing(reporters: readonly Reporter[], result: RunResult, tell: () => void): Promise<void> {
  const failures: unknown[] = [];
  const steps: (() => void | Promise<void>)[] = [tell, ...reporters.map((r) => () => r.close?.(result))];
  for (const step of steps) {
    try {
      await step();
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/**
 * The test set through the arrays of a checkpoint.
 *
 * @param options.time seconds since the devices were written, for effects of the retain stage
 */
export async function evaluateCheckpoint(
  bytes: Uint8Array,
  options: Pick<SimulateOptions, 'registry' | 'host'> & { readonly time?: number | undefined },
): Promise<{ accuracy: number; loss: number; backend: string; stack: Stack; seconds: number }> {
  const started = performance.now();
  const checkpoint = await readCheckpoint(bytes);
  const { stack } = checkpoint;
  const simulation = compose(completeStack({ ...stack, reporters: [] }), options.registry, options.host);
  try {
    const backend = await activateBackend(options.registry, stack.backend);
    const data = await simulation.resolve(dataset).load();
    const models = await buildModels(simulation, data, options, false);
    try {
      await restore({ analog: models.analog }, checkpoint);
      for (const matrix of models.analog.matrices) matrix.wait(options.time ?? 0);
      const result = await evaluate(models.analog.network, data);
      return { ...result, backend, stack, seconds: (performance.now() - started) / 1000 };
    } finally {
      models.dispose();
    }
  } finally {
    simulation.dispose();
    await tf.nextFrame();
  }
}
