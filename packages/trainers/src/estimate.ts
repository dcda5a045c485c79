import {
  compose,
  dataset,
  trainer,
  type DatasetSplit,
  type Host,
  type LayerPlace,
  type LoadedDataset,
  type Registry,
  type Simulation,
  type Stack,
  type TrainableModel,
  type Trainer,
} from '@txsim/core';
import { productsOf, type AnalogProduct } from '@txsim/layers';
import * as tf from '@tensorflow/tfjs';
import { activateBackend } from './choose-backend.js';
import { completeStack } from './complete-stack.js';
import { buildModels, trainingOf, type Models } from './models.js';
import { peakBytes } from './peak-memory.js';
import { crossEntropy, makeBatch } from './training/batch.js';
import { evaluate, EVALUATION_BATCH } from './training/evaluate.js';
import { START } from './training/progress.js';
import { train } from './training/train.js';

/** One matrix of the network, as it lies on arrays. */
export interface MatrixEstimate {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Devices of each weight. */
  readonly planes: number;
  /** Arrays, all planes. */
  readonly tiles: number;
  /** Word and bit lines of an array. */
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
  /** What is on arrays of each layer, and what is not. */
  readonly layers: readonly LayerPlace[];
  /** Arrays of all planes. */
  readonly tiles: number;
  readonly devices: number;
  /** Bytes of tensors: those that stay between steps, and the most at any moment of a run; the data set is not among them. */
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
  /** Steps that are timed. */
  readonly steps?: number;
}

/**
 * Builds the run of a stack, lets it learn a few batches, and throws it away. Memory is that of a run of two batches, from
 * the first look at the devices to the test set; time is taken of further steps.
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
    const { result: models, bytes: peak } = await peakBytes(async () => {
      const built = await buildModels(simulation, data, { registry, host }, twin);
      await shortRun(simulation, built, data);
      return built;
    });
    const learner = simulation.resolve(trainer);
    const participants = Object.values(models.participants);
    const measured = await measure(participants, learner, data, steps);
    const matrices = productsOf(models.analog.network).map(describe);
    models.dispose();
    const stepsPerEpoch = Math.ceil(data.train.size / learner.batchSize);
    const epoch = stepsPerEpoch * measured.step + measured.evaluation;
    return {
      backend,
      matrices,
      digital: models.analog.digital,
      layers: models.analog.layers,
      tiles: matrices.reduce((sum, m) => sum + m.tiles, 0),
      devices: matrices.reduce((sum, m) => sum + m.devices, 0),
      bytes: { resident: measured.resident - before, peak: peak - before },
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
  const { inputs, outputs } = grid;
  const sets = arrays.arrays;
  const { rows, columns } = sets[0]!.hardware;
  const planes = sets.reduce((sum, { state }) => sum + state.length, 0);
  const tiles = sets.reduce((sum, { hardware }) => sum + hardware.arrays, 0);
  return { name, inputs, outputs, planes, tiles, rows, columns, devices: planes * inputs * outputs };
}

/** Two batches and a batch of the test set, with all that a run does before, between and after them. */
async function shortRun(simulation: Simulation, models: Models, data: LoadedDataset): Promise<void> {
  const learner = simulation.resolve(trainer);
  await train({
    ...trainingOf(simulation, models),
    trainer: { batchSize: learner.batchSize, epochs: 1, step: (model, loss) => learner.step(model, loss) },
    data: {
      ...data,
      train: first(data.train, 2 * learner.batchSize),
      test: first(data.test, EVALUATION_BATCH),
    },
    history: START.history,
  });
}

/** Seconds of a step and of the test set, and the bytes of all tensors between two steps. */
async function measure(
  participants: readonly TrainableModel[],
  learner: Trainer,
  data: LoadedDataset,
  steps: number,
): Promise<{ step: number; evaluation: number; resident: number }> {
  const size = Math.min(learner.batchSize, data.train.size);
  const indices = Array.from({ length: size }, (_, i) => i);
  const step = async (): Promise<void> => {
    const batch = makeBatch(data, data.train, indices, 0);
    const losses = participants.map((model) => learner.step(model, () => crossEntropy(model.network, batch)));
    for (const loss of losses) await loss.data();
    tf.dispose([losses, batch.x, batch.y]);
  };
  const times: number[] = [];
  for (let i = 0; i < steps; i++) times.push(await timed(step));
  const resident = tf.memory().numBytes;
  const tested = { ...data, test: first(data.test, EVALUATION_BATCH) };
  const evaluated = await timed(async () => {
    for (const { network } of participants) await evaluate(network, tested);
  });
  return {
    step: times.sort((a, b) => a - b)[Math.floor(steps / 2)]!,
    evaluation: (evaluated * data.test.size) / tested.test.size,
    resident,
  };
}

/** The first samples of a split, at most so many. */
const first = (split: DatasetSplit, size: number): DatasetSplit => ({
  size: Math.min(size, split.size),
  samples: (indices, draw) => split.samples(indices, draw),
});

async function timed(action: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await action();
  return (performance.now() - start) / 1000;
}
