import type { Contribution, Network, NetworkTask } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { normalNumbers } from './support/expressions.js';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

/** What `describeNetwork` is told of an architecture. */
export interface NetworkOptions extends Options {
  /** What it is built for; absent: a vector and a small image. */
  readonly tasks?: readonly NetworkTask[];
}

const TASKS: readonly NetworkTask[] = [
  { inputShape: [7], classes: 3 },
  { inputShape: [6, 5], classes: 10 },
];
const BATCH = 4;

/** What holds for every network: it fits its task, ends in logits and comes from the seed alone. */
export function describeNetwork(contribution: Contribution<Network>, options: NetworkOptions = {}): void {
  const { tasks = TASKS } = options;
  const build = async (task: NetworkTask, seed = 1): Promise<tf.LayersModel> =>
    make(contribution, { ...options, seed }).build(task);
  const samples = ({ inputShape }: NetworkTask): tf.Tensor => {
    const shape = [BATCH, ...inputShape];
    return tf.tensor(normalNumbers(shape.reduce((a, b) => a * b)), shape);
  };
  const weights = async (model: tf.LayersModel): Promise<number[][]> =>
    Promise.all(model.getWeights().map(async (w) => Array.from(await w.data())));
  const weighted = (model: tf.LayersModel): string[] =>
    model.layers.filter((layer) => layer.weights.length > 0).map((layer) => layer.name);

  for (const task of tasks) {
    const title = `network ${contribution.id}, [${task.inputShape.join(', ')}] → ${task.classes} classes`;
    describePromises(title, options, (promised) => {
      promised('it takes the task’s samples and gives one number per class', async () => {
        const model = await build(task);
        expect(model.inputs[0]!.shape.slice(1)).toEqual([...task.inputShape]);
        expect(model.outputs[0]!.shape).toEqual([null, task.classes]);
      });
      promised('it ends in logits, finite and not yet normalised', async () => {
        const logits = (await build(task)).predict(samples(task)) as tf.Tensor2D;
        for (const x of await logits.data()) expect(Number.isFinite(x)).toBe(true);
        const sums = await tf.sum(logits, 1).data();
        expect(sums.some((sum) => Math.abs(sum - 1) > 1e-3)).toBe(true);
      });
      promised('the same seed gives the same weights, another seed others', async () => {
        const first = await weights(await build(task, 1));
        expect(await weights(await build(task, 1))).toEqual(first);
        expect(await weights(await build(task, 2))).not.toEqual(first);
      });
      promised('layers with weights have the same names each time, each once', async () => {
        const names = weighted(await build(task));
        expect(weighted(await build(task))).toEqual(names);
        expect(names).toHaveLength(new Set(names).size);
      });
      promised('every trainable weight has a finite gradient', async () => {
        const model = await build(task);
        const x = samples(task);
        const loss = (): tf.Scalar => tf.mean(tf.square(model.apply(x, { training: true }) as tf.Tensor));
        const { grads } = tf.variableGrads(loss);
        for (const weight of model.trainableWeights) {
          const gradient = grads[(weight.read() as tf.Variable).name];
          expect(gradient, weight.name).toBeDefined();
          for (const g of await gradient!.data()) expect(Number.isFinite(g)).toBe(true);
        }
      });
      promised('it survives the way through JSON, as a conversion to arrays takes it', async () => {
        const model = await build(task);
        const topology = model.toJSON(null, false) as unknown as tf.io.ModelJSON;
        const copy = await tf.models.modelFromJSON(topology);
        expect(weighted(copy)).toEqual(weighted(model));
      });
      promised('disposed, it leaves no tensors', async () => {
        const before = tf.memory().numTensors;
        (await build(task)).dispose();
        expect(tf.memory().numTensors).toBe(before);
      });
    });
  }
}
