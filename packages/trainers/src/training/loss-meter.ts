import * as tf from '@tensorflow/tfjs';

/** What a loss meter remembers between checkpoints. */
export interface LossState {
  readonly windowSum: number;
  readonly windowCount: number;
  readonly epochSum: number;
  readonly epochCount: number;
}

/**
 * Mean losses over a window of steps and over an epoch. Losses stay on the device until they are asked for, and are
 * added in order, so that the means do not depend on when that happens.
 */
export class LossMeter {
  #pending: tf.Scalar[] = [];
  #state: LossState;

  constructor(state: LossState = { windowSum: 0, windowCount: 0, epochSum: 0, epochCount: 0 }) {
    this.#state = state;
  }

  /** Takes over the tensor. */
  add(loss: tf.Scalar): void {
    this.#pending.push(tf.keep(loss));
  }

  /** The mean since the last call. */
  async window(): Promise<number> {
    const { windowSum, windowCount } = await this.state();
    this.#state = { ...this.#state, windowSum: 0, windowCount: 0 };
    return windowSum / windowCount;
  }

  /** The mean since the last call. */
  async epoch(): Promise<number> {
    const { epochSum, epochCount } = await this.state();
    this.#state = { ...this.#state, epochSum: 0, epochCount: 0 };
    return epochSum / epochCount;
  }

  async state(): Promise<LossState> {
    if (this.#pending.length > 0) {
      const all = tf.stack(this.#pending);
      tf.dispose(this.#pending);
      this.#pending = [];
      for (const loss of await all.data()) this.#count(loss);
      all.dispose();
    }
    return this.#state;
  }

  #count(loss: number): void {
    const { windowSum, windowCount, epochSum, epochCount } = this.#state;
    this.#state = {
      windowSum: windowSum + loss,
      windowCount: windowCount + 1,
      epochSum: epochSum + loss,
      epochCount: epochCount + 1,
    };
  }
}
