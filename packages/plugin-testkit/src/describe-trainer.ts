import type { AnalogMatrix, Contribution, TrainableModel, Trainer } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { normalNumbers } from './support/expressions.js';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

const SAMPLES = 12;
const STEPS = 40;

/** What holds for every trainer: it learns, tells the loss, and asks the arrays once per batch. */
export function describeTrainer(contribution: Contribution<Trainer>, options: Options = {}): void {
  describePromises(`trainer ${contribution.id}`, options, (promised) => {
    promised('it has a whole number of epochs and of samples per batch', () => {
      const { epochs, batchSize } = make(contribution, options);
      expect(Number.isInteger(epochs) && epochs >= 0).toBe(true);
      expect(Number.isInteger(batchSize) && batchSize >= 1).toBe(true);
    });
    promised('a step returns the loss before it', async () => {
      const { model, loss } = task();
      const expected = (await loss().data())[0]!;
      const told = (await make(contribution, options).step(model, loss).data())[0]!;
      expect(Math.abs(told - expected)).toBeLessThanOrEqual(1e-6 * expected);
    });
    promised(`${STEPS} steps on the same batch lower its loss`, async () => {
      const { model, loss } = task();
      const learner = make(contribution, options);
      const before = (await loss().data())[0]!;
      for (let i = 0; i < STEPS; i++) learner.step(model, loss).dispose();
      expect((await loss().data())[0]).toBeLessThan(before);
    });
    promised('a step asks each matrix for one update, against its gradient', () => {
      const { model, loss, rates } = task();
      make(contribution, options).step(model, loss);
      expect(rates).toHaveLength(1);
      expect(rates[0]).toBeGreaterThan(0);
    });
    promised('tensors do not pile up, and dispose leaves none', () => {
      const { model, loss } = task();
      const disposals: (() => void)[] = [];
      const before = tf.memory().numTensors;
      const learner = make(contribution, {
        ...options,
        onDispose: (dispose) => void disposals.push(dispose),
      });
      learner.step(model, loss).dispose();
      const warm = tf.memory().numTensors;
      for (let i = 0; i < 5; i++) learner.step(model, loss).dispose();
      expect(tf.memory().numTensors).toBe(warm);
      disposals.reverse().forEach((dispose) => dispose());
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

/** A dense layer to train, and a matrix that only counts what it is asked for. */
function task(): { model: TrainableModel; loss: () => tf.Scalar; rates: number[] } {
  const network = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4] })] });
  const kernel = tf.tensor2d(normalNumbers(12, 3), [4, 3]);
  network.setWeights([kernel, tf.zeros([3])]);
  const x = tf.tensor2d(normalNumbers(SAMPLES * 4, 1), [SAMPLES, 4]);
  const y = tf.oneHot(tf.tensor1d(Array.from({ length: SAMPLES }, (_, i) => i % 3), 'int32'), 3); // prettier-ignore
  const loss = (): tf.Scalar =>
    tf.losses.softmaxCrossEntropy(y, network.apply(x) as tf.Tensor2D) as tf.Scalar;
  const rates: number[] = [];
  const matrix = { name: 'matrix', update: (_x, _d, rate) => void rates.push(rate) } as Partial<AnalogMatrix>;
  const pass: TrainableModel['pass'] = (of) => {
    const variables = network.trainableWeights.map((w) => w.read() as tf.Variable);
    const { value, grads } = tf.variableGrads(of, variables);
    const signal = { matrix: matrix as AnalogMatrix, x: x.clone(), d: tf.ones<tf.Rank.R2>([SAMPLES, 3]) };
    return { loss: value, gradients: grads, signals: [{ ...signal, drivenBackward: false }] };
  };
  return { model: { network, matrices: [matrix as AnalogMatrix], pass }, loss, rates };
}
