import type { Compensation, Contribution } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

const [INPUTS, OUTPUTS] = [12, 7];

/** What holds for everything that makes up for drift. */
export function describeCompensation(contribution: Contribution<Compensation>, options: Options = {}): void {
  const product = make(contribution, options);
  /** Outputs of a matrix for the reference vectors, and the factor for those times `drift`. */
  const factorOf = (drift: number): { y: tf.Tensor2D; factor: tf.Tensor } => {
    const x = product.vectors(INPUTS);
    const w = tf.randomNormal<tf.Rank.R2>([INPUTS, OUTPUTS], 0, 1, 'float32', 3);
    const y = tf.matMul<tf.Tensor2D>(x, w);
    return { y, factor: product.factor({ before: y, exact: y, now: tf.mul(y, drift) }) };
  };

  describePromises(`compensation ${contribution.id}`, options, (promised) => {
    promised('reference vectors have one element for each input', () => {
      const [vectors, inputs] = product.vectors(INPUTS).shape;
      expect(vectors).toBeGreaterThan(0);
      expect(inputs).toBe(INPUTS);
    });
    promised('a factor for all outputs, or one for each', () => {
      expect([1, OUTPUTS]).toContain(factorOf(0.5).factor.size);
    });
    promised('devices that did not drift are left alone', async () => {
      for (const f of await factorOf(1).factor.data()) expect(f).toBeCloseTo(1, 6);
    });
    promised('a drift by one factor is undone', async () => {
      const { y, factor } = factorOf(0.3);
      const [restored, before] = [await tf.mul(tf.mul(y, 0.3), factor).data(), await y.data()];
      restored.forEach((v, i) => expect(Math.abs(v - before[i]!)).toBeLessThan(1e-5));
    });
    promised('outputs of nothing give a finite factor', async () => {
      const nothing = tf.zerosLike(
        tf.matMul<tf.Tensor2D>(product.vectors(INPUTS), tf.zeros([INPUTS, OUTPUTS])),
      );
      const factor = product.factor({ before: nothing, exact: nothing, now: nothing });
      for (const f of await factor.data()) expect(Number.isFinite(f)).toBe(true);
    });
  });
}
