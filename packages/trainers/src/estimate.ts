import {
  compose,
  dataset,
  trainer,
  type LoadedDataset,
  type Registry,
  type Host,
  type Stack,
  type TrainableModel,
  type Trainer,
} from '@txsim/core';
import { productsOf, type AnalogProduct } from '@txsim/layers';
import * as tf from '@tensorflow/tfjs';
import { activateBackend } from './choose-backend.js';
import { completeStack } from './complete-stack.js';
import { buildModels } from './models.js';
import { crossEntropy, makeBatch } from './training/batch.js';
import { EVALUATION_BATCH } from './training/evaluate.js';
import { calibrate } from './training/train.js';

/** One matrix of the network, as it lies on arrays. */
export interface MatrixEstimate {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Devices of each weight. */
  readonly planes: number;
  /** Arrays of each plane. */
  readonly tiles: number;
  readonly rows: number;
  readonly columns: number;
  /** Devices that stand for weights, all planes. */
  readonly devices: number;
}

/** What a run will take. */
export interface Estimate {
  readonly backend: string;
  readonly matrices: readonly MatrixEstimate[];
  /** Layers with weights that have no analog form. */
  readonly digital: readonly string[];
  /** Arrays of all planes. */
  readonly tiles: number;
  readonly devices: number;
  /** Bytes of tensors: those that stay between steps, and the most within one; the data set is not among them. */
  readonly bytes: { readonly resident: number; readonly peak: number };
  readonly stepsPerEpoch: number;
  readonly epochs: number;
  /** Measured: a training step, the test set, and the epoch that they make. */
  readonly seconds: {
    readonly step: number;
    readonly evaluation: number;
    readonly epoch: number;
    readonly run: number;
  };
  /** Steps that were timed; the median is told. */
  readonly timedSteps: number;
}

/** What `estimate` needs beside the stack. */
export interface EstimateOptions {
  readonly registry: Registry;
  readonly host?: Host;
  readonly twin?: boolean;
  /** Steps that are timed, after one that is not. */
  readonly steps?: number;
}

/**
 * Builds the run of a stack, learns a few batches with the clock running, and throws it away.
 *
 * @throws StackError if the stack is wrong, PluginError if the backend or the data are
 */
export async function estimate(given: Stack, options: EstimateOptions): Promise<Estimate> {
  const { registry, host, twin = true, steps = 3 } = options;
  const stack = completeStack({ ...given, reporters: [] });
  const simulation = compose(stack, registry, host);
  try {
    const backend = await activateBackend(registry, stack.backend);
    const data = await simulation.resolve(dataset).load();
    const before = tf.memory().numBytes;
    const models = await buildModels(simulation, data, { registry, host }, twin);
    const learner = simulation.resolve(trainer);
    const participants = Object.values(models.participants);
    const measured = await measure(participants, learner, data, steps, models.calibrateEvery !== undefined);
    const resident = tf.memory().numBytes - before;
    const matrices = productsOf(models.analog.network).map(describe);
    models.dispose();
    const stepsPerEpoch = Math.ceil(data.train.size / learner.batchSize);
    const epoch = stepsPerEpoch * measured.step + measured.evaluation;
    return {
      backend,
      matrices,
      digital: models.analog.digital,
      tiles: matrices.reduce((sum, m) => sum + m.planes * m.tiles, 0),
      devices: matrices.reduce((sum, m) => sum + m.devices, 0),
      bytes: { resident, peak: resident + measured.transient },
      stepsPerEpoch,
      epochs: learner.epochs,
      seconds: { step: measured.step, evaluation: measured.evaluation, epoch, run: learner.epochs * epoch },
      timedSteps: steps,
    };
  } finally {
    simulation.dispose();
  }
}

function describe({ matrix: { name, grid }, arrays }: AnalogProduct): MatrixEstimate {
  const { inputs, outputs, tileRows, tileColumns, rows, columns } = grid;
  const planes = arrays.arrays.reduce((sum, { state }) => sum + state.length, 0);
  const devices = planes * inputs * outputs;
  return { name, inputs, outputs, planes, tiles: tileRows * tileColumns, rows, columns, devices };
}

/** Seconds of a step and of the test set, and the bytes that a step needs for a while. */
async function measure(
  participants: readonly TrainableModel[],
  learner: Trainer,
  data: LoadedDataset,
  steps: number,
  calibrated: boolean,
): Promise<{ step: number; evaluation: number; transient: number }> {
  const size = Math.min(learner.batchSize, data.train.size);
  const indices = Array.from({ length: size }, (_, i) => i);
  const step = async (): Promise<void> => {
    const batch = makeBatch(data, data.train, indices, 0);
    const losses = participants.map((model) => learner.step(model, () => crossEntropy(model.network, batch)));
    for (const loss of losses) await loss.data();
    tf.dispose([losses, batch.x, batch.y]);
  };
  if (calibrated) {
    const batch = makeBatch(data, data.train, indices, 0);
    await calibrate(participants[0]!, batch);
    tf.dispose([batch.x, batch.y]);
  }
  const start = tf.memory().numBytes;
  // The first step makes what the others find, and is the one whose memory is watched.
  const { peakBytes } = await tf.profile(step as never);
  const times: number[] = [];
  for (let i = 0; i < steps; i++) times.push(await timed(step));
  const tested = Math.min(EVALUATION_BATCH, data.test.size);
  const batch = makeBatch(
    data,
    data.test,
    Array.from({ length: tested }, (_, i) => i),
  );
  const evaluated = await timed(async () => {
    for (const { network } of participants) {
      const logits = network.apply(batch.x) as tf.Tensor;
      await logits.data();
      logits.dispose();
    }
  });
  tf.dispose([batch.x, batch.y]);
  return {
    step: times.sort((a, b) => a - b)[Math.floor(steps / 2)]!,
    evaluation: (evaluated * data.test.size) / tested,
    transient: Math.max(0, peakBytes - start),
  };
}

async function timed(action: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await action();
  return (performance.now() - start) / 1000;
}
