import {
  compose,
  dataset,
  reporter,
  trainer,
  VERSION,
  wireModel,
  type EpochMetrics,
  type Host,
  type MatrixSnapshot,
  type Registry,
  type Reporter,
  type RunDescription,
  type RunFolder,
  type RunHistory,
  type Simulation,
  type Stack,
} from '@txsim/core';
import { randomStream } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { readCheckpoint, restore, writeCheckpoint, type Checkpoint } from './checkpoint/checkpoint.js';
import { activateBackend } from './choose-backend.js';
import { completeStack } from './complete-stack.js';
import { buildModels } from './models.js';
import { evaluate } from './training/evaluate.js';
import { recordHistory } from './training/history.js';
import { START, type TrainingProgress } from './training/progress.js';
import { train } from './training/train.js';

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
 * @throws StackError if the stack is wrong, PluginError if the backend, the data or the checkpoint is
 */
export async function simulate(given: Stack, options: SimulateOptions): Promise<RunSummary> {
  const started = performance.now();
  const stack = completeStack(given);
  const checkpoint = options.resume && (await readCheckpoint(options.resume));
  const simulation = compose(stack, options.registry, options.host);
  try {
    const backend = await activateBackend(options.registry, stack.backend);
    const versions = { '@txsim/core': VERSION, ...simulation.versions };
    const { outcome, dispose } = await run(simulation, options, checkpoint, versions, backend, started);
    dispose();
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
) {
  const { stack, events } = simulation;
  const data = await simulation.resolve(dataset).load();
  const models = await buildModels(simulation, data, options, options.twin !== false);
  if (checkpoint) await restore(models.participants, checkpoint);

  const from: TrainingProgress = checkpoint?.progress ?? START;
  // Checkpoints of earlier versions lack kinds of facts.
  const before = { ...START.history, ...from.history };
  const history = recordHistory(events, before);
  const reporters = simulation.resolveAll(reporter).map(({ product }): Reporter => product);
  const description = {
    stack,
    parts: simulation.parts,
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

  const wires = simulation.resolveOptional(wireModel)?.probe;
  const outcome = await train({
    model: models.analog,
    twin: models.participants['twin'],
    trainer: simulation.resolve(trainer),
    data,
    order: randomStream(stack.seed, 'order'),
    events,
    from,
    history,
    signal: options.signal,
    checkpointEvery: options.checkpointEvery,
    calibrateEvery: models.calibrateEvery,
    ...(wires && { probeEvery: wires.every }),
    ...(options.save && {
      save: async (progress) =>
        options.save!(await writeCheckpoint(models.participants, { stack, progress, versions })),
    }),
  });
  const seconds = (performance.now() - started) / 1000;
  events.emit('end', { interrupted: outcome.interrupted, seconds });
  for (const r of reporters) await r.close?.({ interrupted: outcome.interrupted, seconds });
  return { outcome, dispose: models.dispose };
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
    await restore({ analog: models.analog }, checkpoint);
    for (const matrix of models.analog.matrices) matrix.wait(options.time ?? 0);
    const result = await evaluate(models.analog.network, data);
    models.dispose();
    return { ...result, backend, stack, seconds: (performance.now() - started) / 1000 };
  } finally {
    simulation.dispose();
    await tf.nextFrame();
  }
}
