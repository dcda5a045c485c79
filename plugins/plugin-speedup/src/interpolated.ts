import { speedupPolicy, type SpeedupSession } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/**
 * TxSim's Interpolated-FCM: the network is solved every L steps, and in between the distortion profile
 * D = Geff / G of the last solution is applied to the present conductances, Geff ≈ D·G. Where G was 0 the profile is 1.
 *
 * Source: Roy et al., "TxSim", arXiv 2002.11151, section on speed-up techniques.
 */
export const interpolated = speedupPolicy({
  id: 'interpolated',
  description:
    'Solves the wire network every L steps and reuses its distortion profile Geff/G in between (TxSim).',
  citation: 'Roy et al., arXiv 2002.11151 (TxSim)',
  config: z.strictObject({
    every: z.int().min(1).default(10).describe('L, steps between solutions'),
  }),
  create: ({ config: { every } }) => ({ open: () => new ProfileSession(every) }),
});

class ProfileSession implements SpeedupSession {
  #profile: tf.Tensor4D | undefined;
  #solvedAt = 0;

  constructor(readonly every: number) {}

  effective(g: tf.Tensor4D, step: number, solve: (g: tf.Tensor4D) => tf.Tensor4D): tf.Tensor4D {
    if (this.#profile && step < this.#solvedAt + this.every) return tf.mul(g, this.#profile);
    const effective = solve(g);
    this.#profile?.dispose();
    this.#profile = tf.keep(distortion(effective, g));
    this.#solvedAt = step;
    return effective;
  }

  save(): Record<string, tf.Tensor> {
    return this.#profile
      ? { profile: this.#profile.clone(), solvedAt: tf.scalar(this.#solvedAt, 'int32') }
      : {};
  }

  async load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void> {
    this.dispose();
    const { profile, solvedAt } = saved;
    if (!profile || !solvedAt) return;
    this.#profile = tf.keep(profile.clone() as tf.Tensor4D);
    this.#solvedAt = (await solvedAt.data())[0]!;
  }

  dispose(): void {
    this.#profile?.dispose();
    this.#profile = undefined;
  }
}

/** D = Geff / G, and 1 where G is 0. */
const distortion = (effective: tf.Tensor4D, g: tf.Tensor4D): tf.Tensor4D =>
  tf.tidy(() => tf.where(tf.greater(g, 0), tf.divNoNan(effective, g), tf.onesLike(g)) as tf.Tensor4D);
