import type { Events, LoadedDataset, RunHistory, TrainableModel, Trainer } from '@txsim/core';
import { disposePass, PluginError } from '@txsim/core';
import type { RandomStream } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { crossEntropy, makeBatch, type Batch } from './batch.js';
import { evaluate } from './evaluate.js';
import { LossMeter } from './loss-meter.js';
import { probe } from './probe.js';
import { permutation } from './permutation.js';
import { START, type TrainingProgress } from './progress.js';

/** Steps between two `progress` events. */
export const WINDOW = 50;
/** Milliseconds after which others get a turn: signals, timers, a page that draws. */
const TURN = 100;

/** What a training run needs. */
export interface TrainingTask {
  readonly model: TrainableModel;
  /** The same network, trained digitally on the same batches. */
  readonly twin?: TrainableModel;
  readonly trainer: Trainer;
  readonly data: LoadedDataset;
  readonly order: RandomStream;
  readonly events: Events;
  /** Steps between calibrations of the converters; undefined where none is to be calibrated. */
  readonly calibrateEvery?: number;
  /** Steps between probes of the wires; undefined where none are watched. */
  readonly probeEvery?: number;
  readonly from?: TrainingProgress;
  /** The facts so far, being recorded; they go into checkpoints. */
  readonly history: RunHistory;
  /** Ends the run after the current batch. */
  readonly signal?: AbortSignal;
  /** Called after each epoch, every `checkpointEvery` steps and when interrupted. */
  readonly save?: (progress: TrainingProgress) => Promise<void>;
  readonly checkpointEvery?: number;
  /** Strict runs: called after each step and each evaluation, with what it was. */
  readonly inspect?: (when: string) => Promise<void>;
}

/** How it ended. */
export interface TrainingOutcome {
  readonly interrupted: boolean;
  readonly progress: TrainingProgress;
}

/** What a checkpoint would hold now; nothing in the middle of a step, when some devices are written and others not. */
interface Resumable {
  progress?: (() => Promise<TrainingProgress>) | undefined;
}

/**
 * Trains, epoch by epoch and batch by batch, in an order that the seed gives.
 *
 * @throws PluginError if a contribution fails, with the step; what was learned before it is saved where that is whole
 */
export async function train(task: TrainingTask): Promise<TrainingOutcome> {
  const now: Resumable = {};
  try {
    return await learn(task, now);
  } catch (error) {
    // What failed first is what is told.
    if (now.progress) await task.save?.(await now.progress()).catch(() => undefined);
    throw error;
  }
}

async function learn(task: TrainingTask, now: Resumable): Promise<TrainingOutcome> {
  const { model, twin, trainer, data, events, history } = task;
  const from = task.from ?? START;
  const stepsPerEpoch = Math.ceil(data.train.size / trainer.batchSize);
  const last = stepsPerEpoch * trainer.epochs;
  const losses = new LossMeter(from.losses);
  const twinLosses = twin && new LossMeter(from.twinLosses);

  const progressAt = async (step: number): Promise<TrainingProgress> => ({
    step,
    losses: await losses.state(),
    ...(twinLosses ? { twinLosses: await twinLosses.state() } : {}),
    history,
  });
  const endOf = async (step: number, interrupted: boolean): Promise<TrainingOutcome> => ({
    interrupted,
    progress: await progressAt(step),
  });

  events.emit('start', { epochs: trainer.epochs, stepsPerEpoch, step: from.step, twin: twin !== undefined });
  if (from.step === 0) await snapshot('before', task);
  let order: Uint32Array | undefined;
  let turn = performance.now();
  for (let step = from.step; step < last;) {
    const epoch = Math.floor(step / stepsPerEpoch);
    const start = (step % stepsPerEpoch) * trainer.batchSize;
    if (start === 0 || !order) order = permutation(task.order, epoch, data.train.size);
    const batch = makeBatch(data, data.train, order.subarray(start, start + trainer.batchSize), epoch);
    now.progress = undefined;
    if (task.calibrateEvery && step % task.calibrateEvery === 0) await calibrate(model, batch);
    if (task.probeEvery && step % task.probeEvery === 0) await probe(task, batch, step);
    try {
      losses.add(trainer.step(model, () => crossEntropy(model.network, batch), epoch));
      if (twin) twinLosses!.add(trainer.step(twin, () => crossEntropy(twin.network, batch), epoch));
      await task.inspect?.(`step ${step}`);
    } catch (cause) {
      throw ofStep(step, cause);
    } finally {
      tf.dispose([batch.x, batch.y]);
    }
    const done = ++step;
    now.progress = () => progressAt(done);

    if (step % WINDOW === 0 || step % stepsPerEpoch === 0) {
      const twinLoss = await twinLosses?.window();
      events.emit('progress', {
        step,
        epoch: epoch + 1,
        loss: await losses.window(),
        ...(twin ? { twinLoss } : {}),
      });
    }
    if (performance.now() - turn > TURN) {
      await tf.nextFrame();
      turn = performance.now();
    }
    const epochEnds = step % stepsPerEpoch === 0;
    if (epochEnds) {
      await endEpoch(task, epoch + 1, step, losses, twinLosses);
      await task.inspect?.(`evaluation after step ${step}`);
    }
    if (step === last) await snapshot('after', task);
    const interrupted = task.signal?.aborted === true && step < last;
    const due = task.checkpointEvery !== undefined && step % task.checkpointEvery === 0;
    if (epochEnds || interrupted || due) await task.save?.(await progressAt(step));
    if (interrupted) return endOf(step, true);
  }
  return endOf(Math.max(last, from.step), false);
}

/** What failed, with the step in which it did. */
function ofStep(step: number, cause: unknown): PluginError {
  if (!(cause instanceof PluginError)) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return new PluginError('STEP_FAILED', 'trainer', `step ${step}: ${message}`, { cause });
  }
  const { code, culprit, detail } = cause;
  return detail.startsWith('step ')
    ? cause
    : new PluginError(code, culprit, `step ${step}, ${detail}`, { cause });
}

/** Takes the converters' ranges from one pass over a batch, without learning from it. */
export async function calibrate(model: TrainableModel, batch: Batch): Promise<void> {
  for (const matrix of model.matrices) matrix.observe();
  disposePass(model.pass(() => crossEntropy(model.network, batch)));
  for (const matrix of model.matrices) await matrix.settle();
}

async function endEpoch(
  { model, twin, data, events }: TrainingTask,
  epoch: number,
  step: number,
  losses: LossMeter,
  twinLosses: LossMeter | undefined,
): Promise<void> {
  const test = await evaluate(model.network, data);
  const twinTest = twin && (await evaluate(twin.network, data));
  events.emit('epoch', {
    epoch,
    step,
    loss: await losses.epoch(),
    testLoss: test.loss,
    accuracy: test.accuracy,
    ...(twinTest && {
      twinLoss: await twinLosses!.epoch(),
      twinTestLoss: twinTest.loss,
      twinAccuracy: twinTest.accuracy,
    }),
  });
}

async function snapshot(when: 'before' | 'after', { model, events }: TrainingTask): Promise<void> {
  const matrices = [];
  for (const matrix of model.matrices) matrices.push(await matrix.snapshot());
  events.emit('snapshot', { when, matrices });
}
